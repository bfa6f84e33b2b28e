import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { larger, smaller } from '../../../../shared/money/compare.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { compareItems, type Item } from '../book/item.ts';
import type { Tolerance } from '../open-item.ts';
import { subsetsOfSum } from '../sets/subsets-of-sum.ts';
import { discountOf } from './discount.ts';
import { chargeMaxOf } from './tolerance.ts';

/**
 * How an amount fits what is left of invoices. EXACT: it clears all. DISCOUNT: it does with discounts for paying early.
 * CHARGE: it does but for what a bank took. OVER: it clears all and leaves something. PART: it pays a part of the only one.
 * SHORT: it is less than several, and nothing says which of them it pays; the oldest due are allocated.
 */
export type Fit = 'EXACT' | 'DISCOUNT' | 'CHARGE' | 'OVER' | 'PART' | 'SHORT';

/** What of an amount goes to an invoice; cash + discount + charge is what it is cleared by. Minor units. */
export interface Part {
  readonly item: Item;
  readonly cash: bigint;
  readonly discount: bigint;
  readonly charge: bigint;
}

export interface Settlement {
  readonly fit: Fit;
  /** By due day, then number. */
  readonly parts: readonly Part[];
  /** Minor units. */
  readonly onAccount: bigint;
}

/** What an amount may miss by. */
export interface Terms {
  readonly paidOn: PlainDate;
  /** Without one, no charge. */
  readonly tolerance: Tolerance | undefined;
  readonly discounts: boolean;
}

/** Discounts are chosen among so many invoices; with more, all of them have theirs or none. */
const discountsChosenMax = 12;

/** How an amount pays these invoices, each with something left, at least one. Minor units; the surest fit that there is. */
export function settle(items: readonly Item[], amount: bigint, terms: Terms): Settlement {
  const sorted = [...items].sort(compareItems);
  const total = sum(sorted.map(({ left }) => left));
  if (amount >= total) {
    const fit = amount === total ? 'EXACT' : 'OVER';
    return { fit, parts: sorted.map((item) => partOf(item, item.left)), onAccount: amount - total };
  }
  return (
    withDiscounts(sorted, total - amount, terms) ??
    withCharge(
      sorted,
      sorted.map(() => 0n),
      total - amount,
      terms,
    ) ??
    withBoth(sorted, total - amount, terms) ??
    inPart(sorted, amount)
  );
}

/** All discounts together make up the difference, or one choice of them and no other does. */
function withDiscounts(items: readonly Item[], missing: bigint, terms: Terms): Settlement | undefined {
  if (!terms.discounts) return undefined;
  const offered = items.map((item) => discountOf(item, terms.paidOn));
  if (items.length === 1) {
    const given = offered[0]?.find((one) => one === missing);
    return given === undefined ? undefined : cleared('DISCOUNT', items, [given], []);
  }
  const whole = offered.map(([first]) => first ?? 0n);
  if (sum(whole) === missing) return cleared('DISCOUNT', items, whole, []);
  const places = whole.flatMap((discount, at) => (discount > 0n ? [at] : []));
  if (places.length > discountsChosenMax) return undefined;
  const choices = subsetsOfSum(
    places.map((at) => whole[at] ?? 0n),
    missing,
    2,
  );
  const chosen = choices.length === 1 ? new Set(choices[0]?.map((at) => places[at])) : undefined;
  return (
    chosen &&
    cleared(
      'DISCOUNT',
      items,
      whole.map((discount, at) => (chosen.has(at) ? discount : 0n)),
      [],
    )
  );
}

/**
 * A bank takes its charge once, whatever the count of invoices: it is booked with the last due that can bear it. What is as
 * much as one of several invoices is no charge: that one may have been left out.
 */
function withCharge(
  items: readonly Item[],
  discounts: readonly bigint[],
  missing: bigint,
  { tolerance }: Terms,
): Settlement | undefined {
  const currency = items[0]?.invoice.currency ?? '';
  const max = tolerance ? chargeMaxOf(tolerance, currency, sum(items.map(({ left }) => left))) : 0n;
  if (missing > max || (items.length > 1 && items.some(({ left }) => left <= missing))) return undefined;
  const bearer = items.findLastIndex(({ left }, at) => left - (discounts[at] ?? 0n) > missing);
  const charges = items.map((_, at) => (at === bearer ? missing : 0n));
  return bearer < 0 ? undefined : cleared('CHARGE', items, discounts, charges);
}

function withBoth(items: readonly Item[], missing: bigint, terms: Terms): Settlement | undefined {
  if (!terms.discounts) return undefined;
  const whole = items.map((item) => discountOf(item, terms.paidOn)[0] ?? 0n);
  const rest = missing - sum(whole);
  return rest > 0n && rest < missing ? withCharge(items, whole, rest, terms) : undefined;
}

function cleared(
  fit: Fit,
  items: readonly Item[],
  discounts: readonly bigint[],
  charges: readonly bigint[],
): Settlement {
  const parts = items.map((item, at) => partOf(item, item.left, discounts[at] ?? 0n, charges[at] ?? 0n));
  return { fit, parts, onAccount: 0n };
}

function inPart(items: readonly Item[], amount: bigint): Settlement {
  let rest = amount;
  const parts = items.flatMap((item) => {
    const paid = smaller(item.left, rest);
    rest -= paid;
    return paid > 0n ? [partOf(item, paid)] : [];
  });
  return { fit: items.length === 1 ? 'PART' : 'SHORT', parts, onAccount: larger(rest, 0n) };
}

function partOf(item: Item, clears: bigint, discount = 0n, charge = 0n): Part {
  return { item, cash: clears - discount - charge, discount, charge };
}
