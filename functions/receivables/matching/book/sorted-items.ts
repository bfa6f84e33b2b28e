import { compareItems, type Item } from './item.ts';

/** Items by what is left of them, equal ones by `compareItems`: found, taken out and put in without a scan. Minor units. */
export class SortedItems {
  readonly #sorted: Item[];

  constructor(items: readonly Item[]) {
    this.#sorted = items.toSorted(compareByLeft);
  }

  /** Those from one amount up to another, both included, the least first; no more than `max`. */
  between(low: bigint, high: bigint, max: number): Item[] {
    const from = placeOf(this.#sorted, (item) => item.left < low);
    let to = from;
    for (; to < this.#sorted.length && to - from < max; to += 1) {
      const item = this.#sorted[to];
      if (!item || item.left > high) break;
    }
    return this.#sorted.slice(from, to);
  }

  /** Before what is left of it changes. */
  remove(item: Item): void {
    this.#sorted.splice(this.#placeOf(item), 1);
  }

  add(item: Item): void {
    this.#sorted.splice(this.#placeOf(item), 0, item);
  }

  #placeOf(item: Item): number {
    return placeOf(this.#sorted, (other) => compareByLeft(other, item) < 0);
  }
}

/** The place of an item in a list by `compareItems`, its own or where it belongs. */
export function placeByDue(items: readonly Item[], item: Item): number {
  return placeOf(items, (other) => compareItems(other, item) < 0);
}

function compareByLeft(one: Item, other: Item): number {
  return one.left < other.left ? -1 : one.left > other.left ? 1 : compareItems(one, other);
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
