import type { ServedRoutes } from '../../shared/service/description.ts';
import { centreRoutes } from './routes-centres.ts';
import { cycleRoutes } from './routes-cycles.ts';
import { obligationRoutes } from './routes-obligations.ts';
import { queueRoutes } from './routes-queue.ts';
import { reportRoutes } from './routes-reports.ts';
import { settlingRoutes } from './routes-settling.ts';
import { untakenRoutes } from './routes-untaken.ts';

/** What netting serves; the part of its description that the function behind the routes carries. */
export const served: ServedRoutes = {
  name: 'netting',
  routes: [
    ...[...centreRoutes, ...obligationRoutes, ...cycleRoutes, ...settlingRoutes],
    ...[...queueRoutes, ...reportRoutes, ...untakenRoutes],
  ],
};
