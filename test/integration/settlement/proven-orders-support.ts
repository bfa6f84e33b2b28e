import { bookPostings } from '../../../functions/settlement/journal/booking/book-postings.ts';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingFromPlain } from '../../../functions/settlement/journal/journal-items.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { aLeg, anOrder, aPayment, aSplit, aSubOrder, cause } from '../../functions/settlement/journal/orders.ts';
import { changesOf, type TestJournal } from './journal-support.ts';

/** 11:00 in Shanghai on a day of September 2025. */
export const on = (day: number) => new Date(`2025-09-${day}T03:00:00.000Z`);
export const by = (day: number) => ({ changedAt: on(day).toISOString(), cause });

/** 100.00, paid on a day, 20.00 of it the only merchant's of the market. */
export const paid = (marketId: string, no: string, day: number): Order =>
  anOrder({
    ...{ no, marketId, ...by(day) },
    payments: [aPayment('100.00', { transactionId: no, businessDate: `2025-09-${day}` })],
    subOrders: [aSubOrder({ splits: [aSplit([aLeg(1, `mer_${marketId}`, '20.00')])] })],
  });

/** The orders whose market is proved. */
export function provenOrders(own: () => TestJournal) {
  let shards = 0;
  /** As the table's stream would: the journal hears of it, and the ledger. */
  async function tell(order: Order, before?: Order): Promise<void> {
    shards += 1;
    const { tools, itemsOf } = own();
    const records = changesOf(before ? [before, order] : [order])
      .slice(-1)
      .map((change) => ({ ...change, at: '1' }));
    await takeChanges(tools, new RoleAccounts(), `proven-${shards}`, records, on(26));
    const postings = await itemsOf('POSTING');
    await bookPostings(tools, new RoleAccounts(), postings.map(postingFromPlain), on(26));
  }
  return {
    tell,
    /** An order that is paid on a day, and told. */
    async make(marketId: string, no: string, day: number): Promise<Order> {
      const order = paid(marketId, no, day);
      await own().put(order);
      await tell(order);
      return order;
    },
  };
}
