import { httpApi } from '../../shared/http/api.ts';
import { contract } from './contract.ts';
import { importHandlers } from './import-handlers.ts';
import { readHandlers } from './read-handlers.ts';
import { service } from './service.ts';
import { uploadHandlers } from './upload-handlers.ts';

export const handler = httpApi({
  service,
  contract,
  handlers: { ...importHandlers, ...readHandlers, ...uploadHandlers },
});
