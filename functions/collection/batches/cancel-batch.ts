import type { CollectionItem, Try } from '../items/item.ts';
import { isOpen } from '../items/item.ts';

/**
 * Items after what is not on its way to a bank was cancelled: what waits for its day or its next try ends at once; of what
 * is routed and not named in a message yet, the hold is given back. What a bank may have goes on.
 */
export function cancelItems(items: readonly CollectionItem[], now: Date): readonly CollectionItem[] {
  const at = now.toISOString();
  return items.map((item): CollectionItem => {
    const underWay = item.tries.find(isOpen);
    if (item.ended || isSettled(item) || (underWay && !isHere(underWay))) return item;
    const tries = item.tries.map((one) => (one === underWay ? stopped(one, at) : one));
    const { nextTryAt: _, ...rest } = item;
    return { ...rest, tries, ended: { state: 'CANCELLED', reason: 'CANCELLED', at } };
  });
}

function isSettled({ amount, tries }: CollectionItem): boolean {
  return tries.reduce((total, { settled = 0n }) => total + settled, 0n) >= amount;
}

/** Held, or to be held, and in no message. */
function isHere({ state, messageId }: Try): boolean {
  return state === 'ROUTED' && messageId === undefined;
}

function stopped(one: Try, at: string): Try {
  return { ...one, state: 'NEVER_LEFT', reason: 'CANCELLED', endedAt: at };
}
