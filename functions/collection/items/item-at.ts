import { type CollectionItem, firstCame, firstWentBack, type Movement, type Try, type TryState } from './item.ts';
import type { ItemFact } from './item-facts.ts';

/**
 * An item as it was when a fact came to be so, of those that one write brings: what came after the fact has not been yet, but
 * for what was so before the write. Of a fact without a before, as far as the item remembers.
 */
export function itemAt(before: CollectionItem | undefined, after: CollectionItem, fact: ItemFact): CollectionItem {
  const { name, orderId, told } = fact;
  if (name === 'failed' || name === 'cancelled' || name === 'waiting') return after;
  const { ended: _ended, nextTryAt: _next, contradicted: _told, ...rest } = after;
  const open = { ...rest, ...endOf(before) };
  const known = before?.contradicted;
  if (name === 'accepted') return { ...open, tries: [] };
  if (told) {
    const { contradicted = [] } = after;
    return { ...open, contradicted: contradicted.slice(0, contradicted.indexOf(told) + 1) };
  }
  const place = after.tries.findIndex((one) => one.orderId === orderId);
  const tries = after.tries.flatMap((one, index) => {
    if (index < place) return [one];
    const was = before?.tries.find((earlier) => earlier.orderId === one.orderId);
    if (index === place) return [tryAt(was, one, fact)];
    return was ?? [];
  });
  return { ...open, tries, ...(known && { contradicted: known }) };
}

/** What had become of the rest before. */
function endOf(before: CollectionItem | undefined): Pick<CollectionItem, 'ended' | 'nextTryAt'> {
  const { ended, nextTryAt } = before ?? {};
  return { ...(ended && { ended }), ...(nextTryAt !== undefined && { nextTryAt }) };
}

const stateAt: Readonly<Partial<Record<ItemFact['name'], TryState>>> = {
  routed: 'ROUTED',
  submitted: 'SUBMITTED',
  processing: 'PROCESSING',
};

function tryAt(was: Try | undefined, one: Try, { name, place = -1 }: ItemFact): Try {
  const { settled: _came, returned: _back, further = [], reason, detail, code, endedAt, settledAt, ...begun } = one;
  const state = stateAt[name];
  if (state) return { ...begun, state };
  const until = further.slice(0, Math.max(place + 1, was?.further?.length ?? 0));
  const hasReturned = name === 'returned' || place >= 0 || was?.returned !== undefined;
  const came = firstCame(one) + sumOf(until, 'CAME');
  const back = hasReturned ? firstWentBack(one) + sumOf(until, 'WENT_BACK') : 0n;
  // Of all that went back at once, a part had come by a later movement: which was first is not remembered.
  if (back > came) return one;
  const moved = { ...begun, settled: came, ...(until.length > 0 && { further: until }) };
  if (back > 0n) return { ...one, ...moved, returned: back };
  const at = settledAt ?? endedAt;
  return { ...moved, state: 'SETTLED', ...(at !== undefined && { endedAt: at }) };
}

function sumOf(movements: readonly Movement[], kind: Movement['kind']): bigint {
  return movements.reduce((total, one) => (one.kind === kind ? total + one.amount : total), 0n);
}
