import type { Cause } from '../../../shared/http/cause.ts';
import type { Market } from '../markets/market.ts';
import type { SettlementStore } from '../store.ts';
import { isWaiting, takeUnassigned } from './record-payment.ts';

const perPage = 100;
const cause: Cause = { client: 'settlement', role: 'system', requestId: 'kept payments' };

/**
 * Takes payments that were kept until their order comes onto orders that are there: who made one may have broken off before it took
 * them. Each number is tried before the first failure is thrown.
 */
export async function takeKeptPayments(store: SettlementStore, now: Date): Promise<void> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { markets, next } = await store.listAllMarkets(after, perPage);
    for (const market of markets) {
      for await (const orderNo of numbersOf(store, market)) {
        try {
          const order = await store.readOrder(market.tenant, orderNo);
          if (order?.marketId === market.id) await takeUnassigned(store, order, { at: now.toISOString(), cause });
        } catch (error) {
          failures.push(error);
        }
      }
    }
    after = next;
  } while (after !== undefined);
  if (failures.length > 0) throw new AggregateError(failures, 'Some kept payments could not be taken.');
}

/** Of orders that payments of a market wait for, each once. */
async function* numbersOf(store: Pick<SettlementStore, 'listUnassigned'>, { tenant, id }: Market) {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const { unassigned, next } = await store.listUnassigned(tenant, id, after, perPage);
    for (const { orderNo, payments } of unassigned) {
      if (seen.has(orderNo) || !payments.some(isWaiting)) continue;
      seen.add(orderNo);
      yield orderNo;
    }
    after = next;
  } while (after !== undefined);
}
