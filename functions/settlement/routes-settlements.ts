import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const runs = '/v1/settlement-runs';
const merchant = '/v1/merchants/{merchantId}';
const settlement = '/v1/settlements/{settlementId}';
const merchantsToo = [...readers, 'merchant'] as const;

/** What settlement serves over runs and settlements; part of its description. */
export const settlementRoutes: readonly RouteDescription[] = [
  {
    operation: 'startSettlementRun',
    method: 'POST',
    path: runs,
    access: keepers,
    summary: 'Settle what is due on a market and pay it out (结算)',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'getSettlementRun',
    method: 'GET',
    path: `${runs}/{runId}`,
    access: readers,
    summary: 'Get a settlement run, its progress and result',
    success: 200,
  },
  {
    operation: 'listSettlements',
    method: 'GET',
    path: `${merchant}/settlements`,
    access: merchantsToo,
    summary: 'List the settlements of a merchant by day',
    success: 200,
  },
  {
    operation: 'getUpcoming',
    method: 'GET',
    path: `${merchant}/upcoming`,
    access: merchantsToo,
    summary: 'See what arrives for a merchant, and when',
    success: 200,
  },
  {
    operation: 'getSettlement',
    method: 'GET',
    path: settlement,
    access: merchantsToo,
    summary: 'Get a settlement and its payouts',
    success: 200,
  },
  {
    operation: 'listSettlementLines',
    method: 'GET',
    path: `${settlement}/lines`,
    access: merchantsToo,
    summary: 'List the lines of a settlement, and how each came about',
    success: 200,
  },
  {
    operation: 'getSettlementLinesCsv',
    method: 'GET',
    path: `${settlement}/lines.csv`,
    access: merchantsToo,
    summary: 'Get the lines of a settlement as CSV',
    success: 200,
  },
  {
    operation: 'retrySettlement',
    method: 'POST',
    path: `${settlement}/retry`,
    access: keepers,
    summary: 'Pay a settlement out again that failed, came back or was held',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
];
