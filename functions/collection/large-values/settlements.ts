import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Block } from '../batches/batch.ts';
import type { CollectionItem, Try } from '../items/item.ts';

/** Money of a payer that came: one try of a collection. */
export interface Settlement {
  readonly batchId: string;
  /** It is a collection that was asked for by itself. */
  readonly single?: true;
  readonly line: number;
  readonly piece: number;
  readonly mandateId: string;
  readonly orderId: string;
  /** What came, minor units. */
  readonly amount: bigint;
  readonly currency: string;
}

/**
 * What came of items on a day in Shanghai, by the bank's clock. Money that went back later (退汇) counts: the transaction
 * happened, and its return is another one, of the company's.
 */
export function settlementsOn(
  { batchId, single, items }: Pick<Block, 'batchId' | 'single' | 'items'>,
  date: PlainDate,
): Settlement[] {
  const owner = { batchId, ...(single && { single }) };
  return items.flatMap(({ line, piece, mandateId, currency, tries }) =>
    tries
      .filter((one) => settledOn(one) === date)
      .map(({ orderId, settled = 0n }) => ({ ...owner, line, piece, mandateId, orderId, amount: settled, currency })),
  );
}

/**
 * The days under whose marks the next items of a block are to be found: those of money that came with this step. A day that
 * the block had money of before is marked already, unless it is not today: then it is marked anew, so that whoever looks at
 * the marks of the last days sees that there is more of it.
 */
export function daysToMark(
  before: readonly CollectionItem[],
  after: readonly CollectionItem[],
  now: Date,
): readonly PlainDate[] {
  const known = new Map(settledTries(before).map(({ orderId, settled }) => [orderId, settled]));
  const fresh = settledTries(after).filter(({ orderId, settled }) => known.get(orderId) !== settled);
  if (fresh.length === 0) return [];
  const marked = new Set(settledTries(before).map(settledOn));
  const today = businessDateOf(now);
  const days = new Set(fresh.flatMap((one) => settledOn(one) ?? []));
  return [...days].filter((day) => !marked.has(day) || day !== today).sort();
}

function settledTries(items: readonly CollectionItem[]): Try[] {
  return items.flatMap(({ tries }) => tries.filter(({ settled = 0n }) => settled > 0n));
}

/** The day in Shanghai on which the money of a try came; undefined where none did. */
function settledOn({ settled = 0n, settledAt, endedAt }: Try): PlainDate | undefined {
  const at = settledAt ?? endedAt;
  return settled > 0n && at !== undefined ? businessDateOf(new Date(at)) : undefined;
}
