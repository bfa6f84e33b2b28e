import { httpApi } from '../../shared/http/api.ts';
import { channelFileHandlers } from './channel-file-handlers.ts';
import { channelHandlers } from './channel-handlers.ts';
import { comparisonHandlers } from './comparison-handlers.ts';
import { contract } from './contract.ts';
import { marketHandlers } from './market-handlers.ts';
import { merchantHandlers } from './merchant-handlers.ts';
import { orderHandlers } from './order-handlers.ts';
import { ruleHandlers } from './rule-handlers.ts';
import { service } from './service.ts';
import { settlementHandlers } from './settlement-handlers.ts';
import { statisticsHandlers } from './statistics-handlers.ts';
import { templateHandlers } from './template-handlers.ts';
import { unassignedHandlers } from './unassigned-handlers.ts';

export const handler = httpApi({
  service,
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
    ...statisticsHandlers,
  },
});
