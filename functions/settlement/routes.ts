import type { ServedRoutes } from '../../shared/service/description.ts';
import { channelFileRoutes } from './routes-channel-files.ts';
import { channelRoutes } from './routes-channels.ts';
import { comparisonRoutes } from './routes-comparisons.ts';
import { marketRoutes } from './routes-markets.ts';
import { merchantRoutes } from './routes-merchants.ts';
import { orderRoutes } from './routes-orders.ts';
import { proofRoutes } from './routes-proofs.ts';
import { ruleRoutes } from './routes-rules.ts';
import { settlementRoutes } from './routes-settlements.ts';
import { statisticsRoutes } from './routes-statistics.ts';
import { templateRoutes } from './routes-templates.ts';
import { unassignedRoutes } from './routes-unassigned.ts';
import { waitingRoutes } from './routes-waiting.ts';

/** What settlement serves; the part of its description that the function behind the routes carries. */
export const served: ServedRoutes = {
  name: 'settlement',
  routes: [
    ...marketRoutes,
    ...channelRoutes,
    ...merchantRoutes,
    ...ruleRoutes,
    ...orderRoutes,
    ...unassignedRoutes,
    ...settlementRoutes,
    ...templateRoutes,
    ...channelFileRoutes,
    ...comparisonRoutes,
    ...proofRoutes,
    ...statisticsRoutes,
    ...waitingRoutes,
  ],
};
