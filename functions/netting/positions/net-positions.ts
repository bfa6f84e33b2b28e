import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';
import type { Owed, Position } from './position.ts';

/**
 * What each party has with all others, per currency: by currency, then party, by code units. Who has anything at all is
 * there, also at zero. Net adds up to zero in each currency. Linear in what is owed; one pass.
 */
export function netPositions(owed: Iterable<Owed>): Position[] {
  const byCurrency = new Map<CurrencyCode, Map<Party, Sums>>();
  for (const { payer, payee, currency, amount } of owed) {
    let parties = byCurrency.get(currency);
    if (parties === undefined) {
      parties = new Map();
      byCurrency.set(currency, parties);
    }
    sumsOf(parties, payer).owes += amount;
    sumsOf(parties, payee).owed += amount;
  }
  return [...byCurrency].sort(byKey).flatMap(([currency, parties]) => positionsOf(currency, parties));
}

interface Sums {
  owes: bigint;
  owed: bigint;
}

function sumsOf(parties: Map<Party, Sums>, party: Party): Sums {
  const known = parties.get(party);
  if (known) return known;
  const sums = { owes: 0n, owed: 0n };
  parties.set(party, sums);
  return sums;
}

function positionsOf(currency: CurrencyCode, parties: ReadonlyMap<Party, Sums>): Position[] {
  return [...parties].sort(byKey).map(([party, { owes, owed }]) => ({ party, currency, owes, owed, net: owed - owes }));
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
