import { httpApi } from '../../shared/http/api.ts';
import { centreHandlers } from './centre-handlers.ts';
import { contract } from './contract.ts';
import { cycleHandlers } from './cycle-handlers.ts';
import { obligationHandlers } from './obligation-handlers.ts';
import { queueHandlers } from './queue-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { resolutionHandlers } from './resolution-handlers.ts';
import { served } from './routes.ts';
import { settlingHandlers } from './settling-handlers.ts';
import { untakenHandlers } from './untaken-handlers.ts';

export const handler = httpApi({
  service: served,
  contract,
  handlers: {
    ...{ ...centreHandlers, ...obligationHandlers, ...cycleHandlers, ...reportHandlers },
    ...{ ...queueHandlers, ...resolutionHandlers, ...settlingHandlers, ...untakenHandlers },
  },
});
