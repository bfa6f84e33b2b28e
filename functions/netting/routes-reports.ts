import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const report = '/v1/netting-cycles/{cycleId}/report';

/** What netting serves of the figures of cycles; part of its description. */
export const reportRoutes: readonly RouteDescription[] = [
  {
    operation: 'getNettingReport',
    method: 'GET',
    path: report,
    access: readers,
    summary: 'Get the figures of a netting cycle: positions, pairs, payments and savings',
    success: 200,
  },
  {
    operation: 'getNettingReportCsv',
    method: 'GET',
    path: `${report}.csv`,
    access: readers,
    summary: 'Get rows of the figures of a netting cycle as CSV',
    success: 200,
  },
];
