import type { Market } from '../markets/market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';

/** A merchant that a request names, and where. */
export interface NamedMerchant {
  readonly merchantId: string | undefined;
  readonly pointer: string;
}

/** Those that are no merchants of the market, each with where it is named. */
export async function strangersAmong(
  store: Pick<SettlementStore, 'readMerchants'>,
  { tenant, id }: Pick<Market, 'tenant' | 'id'>,
  named: readonly NamedMerchant[],
) {
  const merchants = await store.readMerchants(
    tenant,
    named.flatMap(({ merchantId }) => merchantId ?? []),
  );
  return named.flatMap(({ merchantId, pointer }) => {
    if (merchantId === undefined || merchants.get(merchantId)?.marketId === id) return [];
    return [{ pointer, detail: `There is no merchant ${merchantId} of ${id}.` }];
  });
}

/** Problem: `settlement/merchant-not-found`, with every place where one is named that is none of the market. */
export async function requireMerchants(...of: Parameters<typeof strangersAmong>): Promise<void> {
  const [first, ...others] = await strangersAmong(...of);
  if (!first) return;
  throw problems['merchant-not-found'].with({ detail: first.detail }).at(first, ...others);
}
