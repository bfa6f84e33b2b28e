import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const comparisons = '/v1/markets/{marketId}/comparisons';
const comparison = `${comparisons}/{channelId}/{businessDate}`;
const difference = `${comparison}/differences/{differenceId}`;

/** What settlement serves over comparisons with channels (对账); part of its description. */
export const comparisonRoutes: readonly RouteDescription[] = [
  {
    operation: 'askForComparison',
    method: 'POST',
    path: comparisons,
    access: keepers,
    summary: 'Compare a day of a channel with the market’s journal',
    success: 202,
  },
  {
    operation: 'listComparisons',
    method: 'GET',
    path: comparisons,
    access: readers,
    summary: 'List what was compared of a market',
    success: 200,
  },
  {
    operation: 'getComparison',
    method: 'GET',
    path: comparison,
    access: readers,
    summary: 'Get what comparing a day of a channel came to',
    success: 200,
  },
  {
    operation: 'listDifferences',
    method: 'GET',
    path: `${comparison}/differences`,
    access: readers,
    summary: 'List the differences of a day',
    success: 200,
  },
  {
    operation: 'explainDifference',
    method: 'POST',
    path: `${difference}/explain`,
    access: keepers,
    summary: 'Note why a difference is there',
    success: 200,
  },
  {
    operation: 'resolveDifference',
    method: 'POST',
    path: `${difference}/resolve`,
    access: keepers,
    summary: 'Close a difference for good',
    success: 200,
  },
];
