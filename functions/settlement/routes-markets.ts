import type { Role, RouteDescription } from '../../shared/service/description.ts';

export const readers: readonly Role[] = ['operator', 'treasurer', 'auditor'];
export const keepers: readonly Role[] = ['operator'];

const markets = '/v1/markets';
const market = `${markets}/{marketId}`;

/** What settlement serves over markets; part of its description. */
export const marketRoutes: readonly RouteDescription[] = [
  {
    operation: 'createMarket',
    method: 'POST',
    path: markets,
    access: keepers,
    summary: 'Record a market (市场) and open its accounts in the ledger',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listMarkets',
    method: 'GET',
    path: markets,
    access: readers,
    summary: 'List markets',
    success: 200,
  },
  {
    operation: 'getMarket',
    method: 'GET',
    path: market,
    access: readers,
    summary: 'Get a market',
    success: 200,
  },
  {
    operation: 'changeMarket',
    method: 'PATCH',
    path: market,
    access: keepers,
    summary: 'Change name, calendar, order timeout or shortfall rule of a market',
    success: 200,
  },
];
