import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { CollectionItem } from '../items/item.ts';
import { assessCollection, type MandateRefusal } from '../mandates/assess-collection.ts';
import type { Mandate } from '../mandates/mandate.ts';
import { giveBack, type MandateUsage, unused, use } from '../mandates/mandate-usage.ts';
import type { ReasonCode } from '../retries/reasons.ts';

export interface Reservation {
  readonly items: readonly CollectionItem[];
  /** What changes, by mandate. */
  readonly usages: ReadonlyMap<string, MandateUsage>;
}

/**
 * Takes room under the limits of their mandates for items whose day has come and that have none yet, in their order; the
 * pieces of one line together or not at all. The first under a mandate goes as such, the next as recurrent. What finds no room, or whose mandate does not stand any more, ends as failed.
 */
export function reserveRoom(
  items: readonly CollectionItem[],
  mandates: ReadonlyMap<string, Mandate>,
  usages: ReadonlyMap<string, MandateUsage>,
  now: Date,
): Reservation {
  const changed = new Map<string, MandateUsage>();
  const decided = new Map<number, ReasonCode | 'FIRST' | 'NEXT'>();
  const today = businessDateOf(now);
  const isWaiting = ({ reserved, ended, dueOn }: CollectionItem) => !reserved && !ended && dueOn <= today;
  const waiting = items.filter(isWaiting);
  for (const [line, pieces] of Map.groupBy(waiting, (item) => item.line)) {
    const [first] = pieces;
    const mandate = first && mandates.get(first.mandateId);
    if (!first || !mandate) {
      decided.set(line, 'MANDATE_NOT_ACTIVE');
      continue;
    }
    const usage = changed.get(mandate.id) ?? usages.get(mandate.id) ?? unused;
    const amount = pieces.reduce((total, piece) => total + piece.amount, 0n);
    const asked = { amount, currency: first.currency, date: first.dueOn, splitAboveLimit: pieces.length > 1 };
    const assessed = assessCollection(mandate, usage, asked);
    if (assessed.outcome === 'FITS') {
      changed.set(mandate.id, use(usage, first.dueOn, amount));
      decided.set(line, usage.collections === 0 ? 'FIRST' : 'NEXT');
    } else decided.set(line, reasonOf(assessed.refusal));
  }
  const after = items.map((item): CollectionItem => {
    const decision = isWaiting(item) ? decided.get(item.line) : undefined;
    if (decision === undefined) return item;
    const asMade = mandates.get(item.mandateId)?.sequence ?? 'RCUR';
    if (decision === 'FIRST' || decision === 'NEXT') {
      const isFirst = decision === 'FIRST' && item.piece === 1;
      return { ...item, reserved: true, sequence: asMade === 'FRST' && !isFirst ? 'RCUR' : asMade };
    }
    return { ...item, ended: { state: 'FAILED', reason: decision, at: now.toISOString() } };
  });
  return { items: after, usages: changed };
}

/** What items that failed or were cancelled give back of their mandates' limits; each once, as they end. */
export function roomBack(
  before: readonly CollectionItem[],
  after: readonly CollectionItem[],
  usages: ReadonlyMap<string, MandateUsage>,
): Map<string, MandateUsage> {
  const changed = new Map<string, MandateUsage>();
  for (const [index, item] of after.entries()) {
    const was = before[index];
    if (!item.ended || !item.reserved || was?.ended) continue;
    const came = item.tries.reduce((total, { settled = 0n }) => total + settled, 0n);
    const usage = changed.get(item.mandateId) ?? usages.get(item.mandateId) ?? unused;
    changed.set(item.mandateId, giveBack(usage, item.dueOn, item.amount, came));
  }
  return changed;
}

function reasonOf({ code }: MandateRefusal): ReasonCode {
  if (code === 'ABOVE_DAILY_LIMIT' || code === 'ABOVE_MONTHLY_LIMIT' || code === 'ONE_OFF_USED') return 'MANDATE_LIMIT';
  return 'MANDATE_NOT_ACTIVE';
}
