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
 * Takes room under the limits of their mandates for items that have none yet, in their order; the pieces of one line
 * together or not at all. What finds no room, or whose mandate does not stand any more, ends as failed.
 */
export function reserveRoom(
  items: readonly CollectionItem[],
  mandates: ReadonlyMap<string, Mandate>,
  usages: ReadonlyMap<string, MandateUsage>,
  at: string,
): Reservation {
  const changed = new Map<string, MandateUsage>();
  const decided = new Map<number, ReasonCode | 'RESERVED'>();
  const waiting = items.filter(({ reserved, ended }) => !reserved && !ended);
  for (const [line, pieces] of Map.groupBy(waiting, (item) => item.line)) {
    const [first] = pieces;
    const mandate = first && mandates.get(first.mandateId);
    if (!first || !mandate) {
      decided.set(line, 'MANDATE_NOT_ACTIVE');
      continue;
    }
    const usage = changed.get(mandate.id) ?? usages.get(mandate.id) ?? unused;
    const amount = pieces.reduce((total, piece) => total + piece.amount, 0n);
    const asked = { amount, currency: first.currency, date: first.acceptedOn, splitAboveLimit: pieces.length > 1 };
    const assessed = assessCollection(mandate, usage, asked);
    if (assessed.outcome === 'FITS') changed.set(mandate.id, use(usage, first.acceptedOn, amount));
    decided.set(line, assessed.outcome === 'FITS' ? 'RESERVED' : reasonOf(assessed.refusal));
  }
  const after = items.map((item): CollectionItem => {
    const decision = item.reserved || item.ended ? undefined : decided.get(item.line);
    if (decision === undefined) return item;
    if (decision === 'RESERVED') return { ...item, reserved: true };
    return { ...item, ended: { state: 'FAILED', reason: decision, at } };
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
    changed.set(item.mandateId, giveBack(usage, item.acceptedOn, item.amount, came));
  }
  return changed;
}

function reasonOf({ code }: MandateRefusal): ReasonCode {
  if (code === 'ABOVE_DAILY_LIMIT' || code === 'ABOVE_MONTHLY_LIMIT' || code === 'ONE_OFF_USED') return 'MANDATE_LIMIT';
  return 'MANDATE_NOT_ACTIVE';
}
