import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';
import type { Owed, Position } from './position.ts';

/**
 * What each party has with all others, per currency: by currency, then party, by code units. Who has anything at all is
 * there, also at zero. Net adds up to zero in each currency. Linear in what is owed; one pass, in which each name is looked up
 * once, as that is what takes the time.
 */
export function netPositions(owed: Iterable<Owed>): Position[] {
  const numbers = new Map<Party, number>();
  const byCurrency = new Map<CurrencyCode, Sums>();
  for (const { payer, payee, currency, amount } of owed) {
    let sums = byCurrency.get(currency);
    if (sums === undefined) {
      sums = { owes: [], owed: [] };
      byCurrency.set(currency, sums);
    }
    addTo(sums.owes, numberOf(numbers, payer), amount);
    addTo(sums.owed, numberOf(numbers, payee), amount);
  }
  const parties = [...numbers].sort(byKey);
  return [...byCurrency].sort(byKey).flatMap(([currency, sums]) => positionsOf(currency, sums, parties));
}

/** By the number of the party. */
interface Sums {
  readonly owes: bigint[];
  readonly owed: bigint[];
}

/** Numbers are given as names come. */
function numberOf(numbers: Map<Party, number>, party: Party): number {
  const known = numbers.get(party);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(party, number);
  return number;
}

/** Arrays are filled up without gaps, which would make them slow. */
function addTo(sums: bigint[], number: number, amount: bigint): void {
  while (sums.length <= number) sums.push(0n);
  sums[number] = (sums[number] ?? 0n) + amount;
}

/** Amounts are above zero, so that who has nothing either way has no position. */
function positionsOf(currency: CurrencyCode, sums: Sums, parties: readonly [Party, number][]): Position[] {
  return parties.flatMap(([party, number]) => {
    const [owes, owed] = [sums.owes[number] ?? 0n, sums.owed[number] ?? 0n];
    return owes === 0n && owed === 0n ? [] : [{ party, currency, owes, owed, net: owed - owes }];
  });
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
