import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { bilateralMatrix, netOfPair } from '../positions/bilateral-matrix.ts';
import type { BilateralPosition, Owed } from '../positions/position.ts';
import type { Party } from '../terms/parties.ts';
import { type HomeRates, toHome } from './rates.ts';

/**
 * What one of each pair owes the other in the home currency: the pair's difference in each currency converted by itself, half
 * up, then added up. Who pays and who receives convert alike, so that no residue is left. By first and second party, by code
 * units; those at zero are left out. Throws RangeError where a rate is missing.
 */
export function convertPairs(pairs: readonly BilateralPosition[], rates: HomeRates): Owed[] {
  const converted = differences(pairs).map(({ payer, payee, currency, amount }) => {
    return { payer, payee, currency: rates.home, amount: toHome(amount, currency, rates) };
  });
  return differences(bilateralMatrix(converted));
}

/**
 * What each party has with all others in a currency, in the home currency: the sum of its differences, each converted as in
 * convertPairs, so that a party's sums over all currencies are what it pays or receives. Throws RangeError where a rate is missing.
 */
export function pairsAtHome(
  pairs: readonly BilateralPosition[],
  rates: HomeRates,
): (party: Party, currency: CurrencyCode) => bigint {
  const sums = new Map<CurrencyCode, Map<Party, bigint>>();
  const add = (party: Party, currency: CurrencyCode, net: bigint) => {
    const nets = sums.get(currency) ?? new Map<Party, bigint>();
    sums.set(currency, nets.set(party, (nets.get(party) ?? 0n) + net));
  };
  for (const pair of pairs) {
    const ofFirst = toHome(netOfPair(pair), pair.currency, rates);
    add(pair.first, pair.currency, ofFirst);
    add(pair.second, pair.currency, -ofFirst);
  }
  return (party, currency) => sums.get(currency)?.get(party) ?? 0n;
}

/** The difference of each pair in its own currency, in their order; those at zero are left out. */
export function differences(pairs: readonly BilateralPosition[]): Owed[] {
  const owed: Owed[] = [];
  for (const pair of pairs) {
    const { first, second, currency } = pair;
    const net = netOfPair(pair);
    if (net > 0n) owed.push({ payer: second, payee: first, currency, amount: net });
    else if (net < 0n) owed.push({ payer: first, payee: second, currency, amount: -net });
  }
  return owed;
}
