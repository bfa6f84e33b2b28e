import { numberNames, sortByNumber } from './number-names.ts';
import type { BilateralPosition, Owed } from './position.ts';

/**
 * What each pair has with each other, per currency: by currency, first and second, by code units. A pair that owes nothing
 * either way is not there; one whose sides are equal is. Obligations are sorted by numbers, which is linear in them: maps of
 * maps of a million pairs take many times as long and as much memory.
 */
export function bilateralMatrix(owed: readonly Owed[]): BilateralPosition[] {
  const cells: Cell[] = [];
  let cell: Cell | undefined;
  for (const place of sortedByPair(owed)) {
    const { payer, payee, currency, amount } = owed[place] as Owed;
    const isFirst = payer < payee;
    const [first, second] = isFirst ? [payer, payee] : [payee, payer];
    if (cell?.currency !== currency || cell.first !== first || cell.second !== second) {
      cell = { first, second, currency, firstOwes: 0n, firstCount: 0, secondOwes: 0n, secondCount: 0 };
      cells.push(cell);
    }
    if (isFirst) {
      cell.firstOwes += amount;
      cell.firstCount += 1;
    } else {
      cell.secondOwes += amount;
      cell.secondCount += 1;
    }
  }
  return cells;
}

/** The difference of a pair: above zero the second owes the first. */
export function netOfPair({ firstOwes, secondOwes }: BilateralPosition): bigint {
  return secondOwes - firstOwes;
}

type Cell = { -readonly [Field in keyof BilateralPosition]: BilateralPosition[Field] };

/** Places of obligations by currency, then the pair's first, then its second: sorted by the last of these first, each sort stable. */
function sortedByPair(owed: readonly Owed[]): Int32Array {
  const { names, numbers } = numberNames(bothSides(owed), (name) => name);
  const currencies = numberNames(owed, ({ currency }) => currency);
  const firsts = new Int32Array(owed.length);
  const seconds = new Int32Array(owed.length);
  for (let at = 0; at < owed.length; at += 1) {
    const [payer, payee] = [numbers[2 * at] ?? 0, numbers[2 * at + 1] ?? 0];
    firsts[at] = Math.min(payer, payee);
    seconds[at] = Math.max(payer, payee);
  }
  const asTheyCome = Int32Array.from(owed, (_, at) => at);
  const bySecond = sortByNumber(asTheyCome, seconds, names.length);
  return sortByNumber(sortByNumber(bySecond, firsts, names.length), currencies.numbers, currencies.names.length);
}

/** Payer and payee of each, one after the other. */
function bothSides(owed: readonly Owed[]): string[] {
  const sides: string[] = new Array(2 * owed.length);
  for (let at = 0; at < owed.length; at += 1) {
    const { payer, payee } = owed[at] as Owed;
    sides[2 * at] = payer;
    sides[2 * at + 1] = payee;
  }
  return sides;
}
