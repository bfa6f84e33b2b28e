import { httpApi } from '../../shared/http/api.ts';
import { batchHandlers } from './batch-handlers.ts';
import { channelHandlers } from './channel-handlers.ts';
import { collectionHandlers } from './collection-handlers.ts';
import { contract } from './contract.ts';
import { largeValueHandlers } from './large-value-handlers.ts';
import { mandateHandlers } from './mandate-handlers.ts';
import { outcomeHandlers } from './outcome-handlers.ts';
import { railHandlers } from './rail-handlers.ts';
import { service } from './service.ts';

export const handler = httpApi({
  service,
  contract,
  handlers: {
    ...railHandlers,
    ...mandateHandlers,
    ...channelHandlers,
    ...batchHandlers,
    ...collectionHandlers,
    ...outcomeHandlers,
    ...largeValueHandlers,
  },
});
