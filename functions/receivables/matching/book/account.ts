import { daysBetween } from '../../../../shared/calendar/plain-date.ts';
import type { OpenReceipt } from '../open-item.ts';
import { discountsOffered } from '../terms/discount.ts';
import { compareItems, type Item } from './item.ts';
import type { Payment } from './payment.ts';
import { placeByDue, SortedItems } from './sorted-items.ts';

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
  /** By what is left, and by each amount after a discount: made when they are first asked for. */
  #byLeft: SortedItems | undefined;
  #byNet: Map<bigint, Item[]> | undefined;
  #total = 0n;
  #changes = 0;
  /** By the amount of the receipt; made when there is one. */
  #clearing: Map<bigint, Payment[]> | undefined;

  /** Open items of the account, by `compareItems`. */
  constructor(items: readonly Item[]) {
    this.#byDue = [...items];
    for (const { left } of items) this.#total += left;
  }

  /** Open items, the oldest due first. */
  get open(): readonly Item[] {
    return this.#byDue;
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
    this.#byLeft ??= new SortedItems(this.#byDue);
    return this.#byLeft.between(low, high, answeredMax).sort(compareItems);
  }

  /** Open items that are exactly so much after a discount, in or after its days; by due day. */
  netOfDiscount(amount: bigint): readonly Item[] {
    this.#byNet ??= byNet(this.#byDue);
    return this.#byNet.get(amount) ?? [];
  }

  /** Takes off what a payment clears of an open item. Throws RangeError above what is left of it, with nothing changed. */
  pay(item: Item, amount: bigint, payment: Payment): void {
    if (amount > item.left) throw new RangeError(`Invoice ${item.invoice.id} would be cleared for more than is open.`);
    this.#byLeft?.remove(item);
    if (this.#byNet) removeNets(this.#byNet, item);
    item.left -= amount;
    item.payments.push(payment);
    this.#total -= amount;
    this.#changes += 1;
    if (item.left === 0n) {
      this.#byDue.splice(placeByDue(this.#byDue, item), 1);
      return;
    }
    this.#byLeft?.add(item);
    if (this.#byNet) addNets(this.#byNet, item);
  }

  /** Keeps in mind that a payment cleared invoices to the last unit and had nothing left. */
  noteClearing(payment: Payment): void {
    this.#clearing ??= new Map();
    const others = this.#clearing.get(payment.amount);
    if (others) others.push(payment);
    else this.#clearing.set(payment.amount, [payment]);
  }

  /** Whether another receipt of the same amount, a few days before or after, has cleared invoices with it. */
  isRepeated({ amount, paidOn }: OpenReceipt): boolean {
    const others = this.#clearing?.get(amount) ?? [];
    return others.some((other) => Math.abs(daysBetween(other.paidOn, paidOn)) <= repeatDaysMax);
  }
}

function byNet(items: readonly Item[]): Map<bigint, Item[]> {
  const found = new Map<bigint, Item[]>();
  for (const item of items) addNets(found, item);
  return found;
}

function addNets(byNet: Map<bigint, Item[]>, item: Item): void {
  for (const discount of discountsOffered(item)) {
    const net = item.left - discount;
    const others = byNet.get(net);
    if (others) others.splice(placeByDue(others, item), 0, item);
    else byNet.set(net, [item]);
  }
}

function removeNets(byNet: Map<bigint, Item[]>, item: Item): void {
  for (const discount of discountsOffered(item)) {
    const others = byNet.get(item.left - discount) ?? [];
    others.splice(others.indexOf(item), 1);
  }
}
