/** Names as numbers in their order by code units, so that much can be sorted and added up without looking at names again. */
export interface NumberedNames {
  /** The name of each number. */
  readonly names: readonly string[];
  /** The number of each that was asked for, in that order. */
  readonly numbers: Int32Array;
}

/** Numbers the names of all, which are repeated at will. */
export function numberNames<Of>(all: readonly Of[], nameOf: (one: Of) => string): NumberedNames {
  const asTheyCome = new Map<string, number>();
  const numbers = new Int32Array(all.length);
  for (let at = 0; at < all.length; at += 1) {
    const name = nameOf(all[at] as Of);
    let number = asTheyCome.get(name);
    if (number === undefined) {
      number = asTheyCome.size;
      asTheyCome.set(name, number);
    }
    numbers[at] = number;
  }
  const names = [...asTheyCome.keys()].sort();
  const inOrder = new Int32Array(names.length);
  for (const [place, name] of names.entries()) inOrder[asTheyCome.get(name) ?? 0] = place;
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = inOrder[numbers[at] ?? 0] ?? 0;
  return { names, numbers };
}

/** The places sorted by their number, equal ones as they were: a counting sort, linear in both. */
export function sortByNumber(places: Int32Array, numbers: Int32Array, numbersMax: number): Int32Array {
  const starts = new Int32Array(numbersMax + 1);
  for (const place of places) {
    const after = (numbers[place] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let number = 1; number <= numbersMax; number += 1) {
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
  }
  const sorted = new Int32Array(places.length);
  for (const place of places) {
    const number = numbers[place] ?? 0;
    const to = starts[number] ?? 0;
    sorted[to] = place;
    starts[number] = to + 1;
  }
  return sorted;
}
