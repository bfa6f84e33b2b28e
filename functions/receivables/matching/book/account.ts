import { compareItems, type Item } from './item.ts';

/** Items of one amount, or of a narrow band of amounts, that are answered at most: more than two explain nothing. */
const answeredMax = 20;

/**
 * What one customer owes to one legal entity in one currency, within a run. Asked by amount it answers without a scan, so
 * that a customer with thousands of open invoices costs no more than others.
 */
export class Account {
  /** By due day, number and id; with cleared ones until they are many. */
  #items: Item[];
  #open: number;
  #total = 0n;
  readonly #byLeft = new Map<bigint, Set<Item>>();
  /** By what was left when it was sorted last: an item that was paid in part since is in `#changed`. */
  #byLeftOnce: { readonly left: bigint; readonly item: Item }[] | undefined;
  readonly #changed = new Set<Item>();
  #paidSinceSorted = 0;

  constructor(items: readonly Item[]) {
    this.#items = items.filter(({ left }) => left > 0n).sort(compareItems);
    this.#open = this.#items.length;
    for (const item of this.#items) {
      this.#total += item.left;
      this.#file(item);
    }
  }

  get openCount(): number {
    return this.#open;
  }

  /** Minor units. */
  get openTotal(): bigint {
    return this.#total;
  }

  /** Open items, the oldest due first. */
  *open(): Generator<Item> {
    for (const item of this.#items) if (item.left > 0n) yield item;
  }

  /** Open items of exactly so much, the first of many. */
  ofAmount(left: bigint): Item[] {
    return (this.#byLeft.get(left) ?? new Set<Item>()).values().take(answeredMax).toArray().sort(compareItems);
  }

  /** Open items of more than one amount and up to another, the first of many. */
  ofMoreUpTo(above: bigint, upTo: bigint): Item[] {
    const sorted = this.#sorted();
    const found = new Set<Item>();
    for (let at = firstAbove(sorted, above); at < sorted.length && found.size < answeredMax; at += 1) {
      const one = sorted[at];
      if (!one || one.left > upTo) break;
      if (one.item.left === one.left) found.add(one.item);
    }
    for (const item of this.#changed) if (item.left > above && item.left <= upTo) found.add(item);
    return [...found].sort(compareItems);
  }

  /** Takes off what pays an item. Minor units, not more than is left. */
  pay(item: Item, amount: bigint): void {
    if (amount > item.left) throw new RangeError(`Invoice ${item.invoice.id} would be cleared for more than is open.`);
    this.#byLeft.get(item.left)?.delete(item);
    item.left -= amount;
    this.#total -= amount;
    this.#paidSinceSorted += 1;
    if (item.left > 0n) {
      this.#file(item);
      this.#changed.add(item);
      return;
    }
    this.#changed.delete(item);
    this.#open -= 1;
    if (this.#items.length > 2 * this.#open) this.#items = this.#items.filter(({ left }) => left > 0n);
  }

  #file(item: Item): void {
    const others = this.#byLeft.get(item.left);
    if (others) others.add(item);
    else this.#byLeft.set(item.left, new Set([item]));
  }

  #sorted() {
    if (this.#byLeftOnce && 2 * this.#paidSinceSorted <= this.#byLeftOnce.length) return this.#byLeftOnce;
    this.#byLeftOnce = [...this.open()]
      .map((item) => ({ left: item.left, item }))
      .sort((one, other) =>
        one.left < other.left ? -1 : one.left > other.left ? 1 : compareItems(one.item, other.item),
      );
    this.#paidSinceSorted = 0;
    this.#changed.clear();
    return this.#byLeftOnce;
  }
}

function firstAbove(sorted: readonly { readonly left: bigint }[], amount: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.left ?? 0n) <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
