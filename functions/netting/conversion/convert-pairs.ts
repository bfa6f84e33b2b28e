import { bilateralMatrix, netOfPair } from '../positions/bilateral-matrix.ts';
import type { BilateralPosition, Owed } from '../positions/position.ts';
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
