import { netOfPair } from '../positions/bilateral-matrix.ts';
import type { BilateralPosition, Owed } from '../positions/position.ts';
import type { Party } from '../terms/parties.ts';
import { type HomeRates, toHome } from './rates.ts';

/**
 * What one of each pair owes the other in the home currency: the pair's difference in each currency converted by itself, half
 * up, then added up. Who pays and who receives convert alike, so that no residue is left. By first and second party, by code units; those at
 * zero are left out. Throws RangeError where a rate is missing.
 */
export function convertPairs(pairs: Iterable<BilateralPosition>, rates: HomeRates): Owed[] {
  const rows = new Map<Party, Map<Party, bigint>>();
  for (const pair of pairs) {
    const row = rows.get(pair.first) ?? new Map<Party, bigint>();
    rows.set(pair.first, row);
    row.set(pair.second, (row.get(pair.second) ?? 0n) + toHome(netOfPair(pair), pair.currency, rates));
  }
  return [...rows]
    .sort(byKey)
    .flatMap(([first, row]) =>
      [...row].sort(byKey).flatMap(([second, net]) => owedOfNet({ first, second, currency: rates.home, net })),
    );
}

/** The difference of each pair in its own currency; those at zero are left out. */
export function differences(pairs: Iterable<BilateralPosition>): Owed[] {
  return [...pairs].flatMap((pair) => owedOfNet({ ...pair, net: netOfPair(pair) }));
}

interface PairNet {
  readonly first: Party;
  readonly second: Party;
  readonly currency: string;
  /** Above zero the second owes the first. */
  readonly net: bigint;
}

function owedOfNet({ first, second, currency, net }: PairNet): Owed[] {
  if (net === 0n) return [];
  return net > 0n
    ? [{ payer: second, payee: first, currency, amount: net }]
    : [{ payer: first, payee: second, currency, amount: -net }];
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
