import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-markets.ts';

/** What settlement reports of markets and merchants; part of its description. */
export const statisticsRoutes: readonly RouteDescription[] = [
  {
    operation: 'getMarketStatistics',
    method: 'GET',
    path: '/v1/markets/{marketId}/statistics',
    access: readers,
    summary: 'Get orders, gross, fees, coupons, refunds and net of a market by day',
    success: 200,
  },
  {
    operation: 'getMerchantStatistics',
    method: 'GET',
    path: '/v1/merchants/{merchantId}/statistics',
    access: [...readers, 'merchant'],
    summary: 'Get shares, gross, fees, coupons, refunds and net of a merchant by day',
    success: 200,
  },
  {
    operation: 'getDayFile',
    method: 'GET',
    path: '/v1/markets/{marketId}/day-file',
    access: readers,
    summary: 'Get the daily reconciliation file (对账单) of a market as CSV',
    success: 200,
  },
];
