import { httpApi } from '../../shared/http/api.ts';
import { contract } from './contract.ts';
import { service } from './service.ts';

export const handler = httpApi({ service, contract, handlers: {} });
