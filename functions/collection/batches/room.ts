import type { CollectionItem, Try } from '../items/item.ts';
import { isOpen } from '../items/item.ts';
import { type MandateUsage, shiftUsage, unused } from '../mandates/mandate-usage.ts';

/** What an order takes of the limits of its mandate, on its business day: all while it may bring money, then what came. */
function takenBy(one: Try): { readonly amount: bigint; readonly collections: number } {
  const amount = isOpen(one) ? one.amount : (one.settled ?? 0n);
  return { amount, collections: amount > 0n ? 1 : 0 };
}

interface Shift {
  readonly mandateId: string;
  readonly one: Try;
  readonly amount: bigint;
  readonly collections: number;
}

/** What changes of the room that items take, an order each; nothing for what stays. */
export function roomShifts(before: readonly CollectionItem[], after: readonly CollectionItem[]): Shift[] {
  return after.flatMap(({ mandateId, tries }, place) => {
    const earlier = new Map(before[place]?.tries.map((one) => [one.orderId, takenBy(one)]));
    return tries.flatMap((one) => {
      const was = earlier.get(one.orderId) ?? { amount: 0n, collections: 0 };
      const is = takenBy(one);
      if (was.amount === is.amount && was.collections === is.collections) return [];
      const shift = { amount: is.amount - was.amount, collections: is.collections - was.collections };
      return [{ mandateId, one, ...shift }];
    });
  });
}

/** The usages that such shifts change, by mandate. */
export function usagesAfter(
  shifts: readonly Shift[],
  usages: ReadonlyMap<string, MandateUsage>,
): Map<string, MandateUsage> {
  const changed = new Map<string, MandateUsage>();
  for (const { mandateId, one, amount, collections } of shifts) {
    const usage = changed.get(mandateId) ?? usages.get(mandateId) ?? unused;
    changed.set(mandateId, shiftUsage(usage, one.businessDate, amount, collections));
  }
  return changed;
}
