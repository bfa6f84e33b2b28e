import { httpApi } from '../../shared/http/api.ts';
import { accountHandlers } from './account-handlers.ts';
import { contract } from './contract.ts';
import { service } from './service.ts';
import { transferHandlers } from './transfer-handlers.ts';

export const handler = httpApi({ service, contract, handlers: { ...accountHandlers, ...transferHandlers } });
