import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const merchants = '/v1/merchants';
const merchant = `${merchants}/{merchantId}`;

/** What settlement serves over merchants; part of its description. */
export const merchantRoutes: readonly RouteDescription[] = [
  {
    operation: 'createMerchant',
    method: 'POST',
    path: merchants,
    access: keepers,
    summary: 'Record a merchant (商家) of a market, and where its money goes',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listMerchants',
    method: 'GET',
    path: merchants,
    access: readers,
    summary: 'List the merchants of a market',
    success: 200,
  },
  {
    operation: 'getMerchant',
    method: 'GET',
    path: merchant,
    access: [...readers, 'merchant'],
    summary: 'Get a merchant',
    success: 200,
  },
  {
    operation: 'changeMerchant',
    method: 'PATCH',
    path: merchant,
    access: keepers,
    summary: 'Change the payout account, consent or state of a merchant',
    success: 200,
  },
];
