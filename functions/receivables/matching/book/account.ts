import { daysBetween } from '../../../../shared/calendar/plain-date.ts';
import type { OpenReceipt } from '../open-item.ts';
import { compareItems, type Item } from './item.ts';
import type { Payment } from './payment.ts';

/** Items of one amount, or of a narrow band of amounts, that are answered at most: more than two explain nothing. */
const answeredMax = 20;
/** The same amount of the same payer within so many days may be the same money. */
const repeatDaysMax = 14;

/**
 * What one customer owes to one legal entity in one currency, within a run. Asked by amount it answers without a scan, so
 * that a customer with thousands of open invoices costs hardly more than others.
 */
export class Account {
  readonly #byDue: Item[];
  readonly #discounted: Item[];
  /** Made when it is first asked for. */
  #byLeft: Item[] | undefined;
  #total = 0n;
  #changes = 0;
  /** By the amount of the receipt. */
  readonly #clearing = new Map<bigint, Payment[]>();

  /** Open items of the account, by `compareItems`. */
  constructor(items: readonly Item[]) {
    this.#byDue = [...items];
    this.#discounted = items.filter(({ discountUntil }) => discountUntil !== undefined);
    for (const { left } of items) this.#total += left;
  }

  /** Open items, the oldest due first. */
  get open(): readonly Item[] {
    return this.#byDue;
  }

  /** Those with an early-payment discount, in or after its days. */
  get discounted(): readonly Item[] {
    return this.#discounted;
  }

  /** Minor units. */
  get openTotal(): bigint {
    return this.#total;
  }

  /** Payments so far: while it is the same, so is everything else. */
  get changes(): number {
    return this.#changes;
  }

  /** Open items of exactly so much, the first of many. */
  ofAmount(left: bigint): Item[] {
    return this.between(left, left);
  }

  /** Open items of one amount up to another, both included, by due day; the first of many. Minor units. */
  between(low: bigint, high: bigint): Item[] {
    this.#byLeft ??= this.#byDue.toSorted(compareByLeft);
    const sorted = this.#byLeft;
    const found: Item[] = [];
    for (
      let at = placeOf(sorted, (item) => item.left < low);
      at < sorted.length && found.length < answeredMax;
      at += 1
    ) {
      const item = sorted[at];
      if (!item || item.left > high) break;
      found.push(item);
    }
    return found.sort(compareItems);
  }

  /** Takes off what a payment clears of an open item. Throws RangeError above what is left of it, with nothing changed. */
  pay(item: Item, amount: bigint, payment: Payment): void {
    if (amount > item.left) throw new RangeError(`Invoice ${item.invoice.id} would be cleared for more than is open.`);
    if (this.#byLeft) remove(this.#byLeft, item, compareByLeft);
    item.left -= amount;
    item.payments.push(payment);
    this.#total -= amount;
    this.#changes += 1;
    if (item.left > 0n) {
      if (this.#byLeft) insert(this.#byLeft, item, compareByLeft);
      return;
    }
    remove(this.#byDue, item, compareItems);
    if (item.discountUntil !== undefined) remove(this.#discounted, item, compareItems);
  }

  /** Keeps in mind that a payment cleared invoices to the last unit and had nothing left. */
  noteClearing(payment: Payment): void {
    const others = this.#clearing.get(payment.amount);
    if (others) others.push(payment);
    else this.#clearing.set(payment.amount, [payment]);
  }

  /** Whether another receipt of the same amount, a few days before or after, has cleared invoices with it. */
  isRepeated({ amount, paidOn }: OpenReceipt): boolean {
    const others = this.#clearing.get(amount) ?? [];
    return others.some((other) => Math.abs(daysBetween(other.paidOn, paidOn)) <= repeatDaysMax);
  }
}

function compareByLeft(one: Item, other: Item): number {
  return one.left < other.left ? -1 : one.left > other.left ? 1 : compareItems(one, other);
}

function remove(sorted: Item[], item: Item, compare: typeof compareItems): void {
  sorted.splice(
    placeOf(sorted, (other) => compare(other, item) < 0),
    1,
  );
}

function insert(sorted: Item[], item: Item, compare: typeof compareItems): void {
  sorted.splice(
    placeOf(sorted, (other) => compare(other, item) < 0),
    0,
    item,
  );
}

/** The place of the first that is not before; the length where all are. */
function placeOf(sorted: readonly Item[], isBefore: (item: Item) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item && isBefore(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
