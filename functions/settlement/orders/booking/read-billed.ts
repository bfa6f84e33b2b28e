import { businessDateOf } from '../../../../shared/calendar/plain-date.ts';
import type * as ledger from '../../../ledger/published.ts';
import { freeOf } from '../../../ledger/published.ts';
import type { JournalingStore } from '../../store.ts';
import type { Order, OrderRefund } from '../order.ts';
import { type BilledTake, billedTakes } from './billed-takes.ts';

export interface BillingTools {
  readonly store: Pick<JournalingStore, 'readMarket' | 'readMerchants'>;
  readonly ledger: Pick<typeof ledger, 'readAccounts'>;
}

/** What the market gives of a refund that waits, for merchants that its rule, or their own, bills; as the ledger stands. */
export async function readBilled(
  { store, ledger: books }: BillingTools,
  order: Order,
  refund: OrderRefund,
  now: Date,
): Promise<BilledTake[]> {
  const { tenant } = order;
  const ids = [...new Set(refund.takes.flatMap(({ from }) => from ?? []))];
  const [market, merchants] = await Promise.all([
    store.readMarket(tenant, order.marketId),
    store.readMerchants(tenant, ids),
  ]);
  if (!market) throw new Error(`There is no market ${order.marketId}.`);
  const billed = [...merchants.values()].filter(({ shortfall = market.shortfall }) => shortfall.kind === 'BILL');
  if (billed.length === 0) return [];
  const accounts = await books.readAccounts(
    tenant,
    billed.map(({ payableAccountId }) => payableAccountId),
  );
  const free = new Map(
    billed.flatMap(({ id, payableAccountId }) => {
      const account = accounts.get(payableAccountId);
      return account ? [[id, freeOf(account)] as const] : [];
    }),
  );
  return billedTakes(order, refund, free, businessDateOf(now, market.zone));
}
