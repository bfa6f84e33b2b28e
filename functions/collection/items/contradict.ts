import type { BankReport } from '../gateway/bank-gateway.ts';
import type { CollectionItem, Contradiction, Try } from './item.ts';
import type { ItemChange } from './item-change.ts';

/** So many are kept of an item; somebody looks at the first long before. */
const contradictionsMax = 20;

/**
 * Notes that a bank told of money which the end of a try does not allow for: nothing of it is booked, and nothing of it is
 * lost sight of. Undefined where the same was noted before, from whichever source.
 */
export function contradict(item: CollectionItem, found: Try, report: BankReport): ItemChange | undefined {
  const { contradicted = [] } = item;
  const noted = contradictionOf(found, report);
  if (!noted || contradicted.length >= contradictionsMax) return undefined;
  if (contradicted.some((one) => keyOf(one) === keyOf(noted))) return undefined;
  return { item: { ...item, contradicted: [...contradicted, noted] } };
}

/** The change, with a note on what of the report it leaves out. */
export function contradictToo(change: ItemChange, found: Try, report: BankReport): ItemChange {
  return { ...change, item: contradict(change.item, found, report)?.item ?? change.item };
}

/** What tells one from all others of an item. */
export function keyOf({ orderId, state, amount }: Contradiction): string {
  return `${orderId} ${state} ${amount}`;
}

/** Whether the money of an item may have come by an order that was told to have failed, or more of it than is known. */
export function mayHaveCome({ contradicted = [] }: Pick<CollectionItem, 'contradicted'>): boolean {
  return contradicted.some(({ state }) => state === 'SETTLED');
}

function contradictionOf(found: Try, report: BankReport): Contradiction | undefined {
  const { orderId, state, at, source } = report;
  if (state === 'SETTLED') return { orderId, state, amount: report.amount ?? found.amount, at, source };
  if (state !== 'RETURNED') return undefined;
  return { orderId, state, amount: report.amount ?? found.settled ?? found.amount, at, source };
}
