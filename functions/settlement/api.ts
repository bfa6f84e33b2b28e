import { httpApi } from '../../shared/http/api.ts';
import { channelFileHandlers } from './channel-file-handlers.ts';
import { channelHandlers } from './channel-handlers.ts';
import { comparisonHandlers } from './comparison-handlers.ts';
import { contract } from './contract.ts';
import { marketHandlers } from './market-handlers.ts';
import { merchantHandlers } from './merchant-handlers.ts';
import { orderHandlers } from './order-handlers.ts';
import { proofHandlers } from './proof-handlers.ts';
import { served } from './routes.ts';
import { ruleHandlers } from './rule-handlers.ts';
import { settlementHandlers } from './settlement-handlers.ts';
import { statisticsHandlers } from './statistics-handlers.ts';
import { templateHandlers } from './template-handlers.ts';
import { unassignedHandlers } from './unassigned-handlers.ts';
import { waitingHandlers } from './waiting-handlers.ts';

export const handler = httpApi({
  service: served,
  contract,
  handlers: {
    ...marketHandlers,
    ...channelHandlers,
    ...merchantHandlers,
    ...ruleHandlers,
    ...settlementHandlers,
    ...orderHandlers,
    ...unassignedHandlers,
    ...templateHandlers,
    ...channelFileHandlers,
    ...comparisonHandlers,
    ...proofHandlers,
    ...statisticsHandlers,
    ...waitingHandlers,
  },
});
