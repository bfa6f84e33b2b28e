import { orderFromPlain } from '../orders/order-items.ts';
import { linesBetween } from './lines-between.ts';
import type { Change, ChangeResult } from './step.ts';

/** A record of the stream that is of an order. Images are plain objects. */
export interface OrderRecord {
  readonly tenant: string;
  readonly orderNo: string;
  readonly shard: string;
  readonly at: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** What a record means. One that cannot be computed is put aside with what was wrong: it holds nobody else up. */
export function readChange(record: OrderRecord, now: Date): Change {
  const { tenant, orderNo, at } = record;
  try {
    return { tenant, orderNo, at, result: resultOf(record) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const parked = { ...record, reason, done: 0, since: now.toISOString() };
    return { tenant, orderNo, at, result: { outcome: 'PARKED', parked } };
  }
}

/** Throws where the images are none of an order, or do not fit together. */
export function resultOf({ before, after }: Pick<OrderRecord, 'before' | 'after'>): ChangeResult {
  if (!after) throw new Error('An order is gone: orders are never deleted.');
  const order = orderFromPlain(after);
  const entries = linesBetween(before && orderFromPlain(before), order);
  return { outcome: 'LINES', marketId: order.marketId, entries };
}
