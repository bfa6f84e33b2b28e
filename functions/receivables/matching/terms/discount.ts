import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { basisPointsHalfUp } from '../../../../shared/money/rounding.ts';
import type { Item } from '../book/item.ts';

const none: readonly bigint[] = [];

/**
 * What a payment of a day may take off for paying early, in minor units, half up; none after the last day or without terms.
 * Of an invoice that was paid in part there are two: of all that was invoiced, and of what is left.
 *
 * @example 2/10 of 12,345.67 is 246.91 up to the tenth day after the day of issue
 */
export function discountOf(item: Item, paidOn: PlainDate): readonly bigint[] {
  if (item.discountUntil === undefined || paidOn > item.discountUntil) return none;
  return discountsOffered(item);
}

/** What may be taken off while there is time, whatever the day: the larger one first. */
export function discountsOffered({ invoice, left }: Item): readonly bigint[] {
  if (!invoice.discount) return none;
  const points = BigInt(invoice.discount.basisPoints);
  const discounts = [basisPointsHalfUp(invoice.amount, points), basisPointsHalfUp(left, points)];
  return [...new Set(discounts)].filter((discount) => discount > 0n && discount < left);
}
