import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';
import type { BilateralPosition, Owed } from './position.ts';

/**
 * What each pair has with each other, per currency: by currency, first and second, by code units. A pair that owes nothing
 * either way is not there; one whose sides are equal is.
 */
export function bilateralMatrix(owed: Iterable<Owed>): BilateralPosition[] {
  const byCurrency = new Map<CurrencyCode, Rows>();
  for (const { payer, payee, currency, amount } of owed) {
    const rows = inner(byCurrency, currency);
    if (payer < payee) {
      const cell = cellOf(rows, payer, payee, currency);
      cell.firstOwes += amount;
      cell.firstCount += 1;
    } else {
      const cell = cellOf(rows, payee, payer, currency);
      cell.secondOwes += amount;
      cell.secondCount += 1;
    }
  }
  return [...byCurrency].sort(byKey).flatMap(([, rows]) => cellsInOrder(rows));
}

/** The difference of a pair: above zero the second owes the first. */
export function netOfPair({ firstOwes, secondOwes }: BilateralPosition): bigint {
  return secondOwes - firstOwes;
}

type Cell = { -readonly [Field in keyof BilateralPosition]: BilateralPosition[Field] };
type Rows = Map<Party, Map<Party, Cell>>;

function cellOf(rows: Rows, first: Party, second: Party, currency: CurrencyCode): Cell {
  const row = inner(rows, first);
  const known = row.get(second);
  if (known) return known;
  const cell = { first, second, currency, firstOwes: 0n, firstCount: 0, secondOwes: 0n, secondCount: 0 };
  row.set(second, cell);
  return cell;
}

function inner<Value>(outer: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = outer.get(key);
  if (known) return known;
  const made = new Map<string, Value>();
  outer.set(key, made);
  return made;
}

function cellsInOrder(rows: Rows): BilateralPosition[] {
  return [...rows].sort(byKey).flatMap(([, row]) => [...row].sort(byKey).map(([, cell]) => cell));
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
