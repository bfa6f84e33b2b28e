import { Problem } from '../../../shared/problems/problem.ts';
import type { Centre } from '../centres/centre.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { ClosingTools } from '../tools.ts';
import type { LockedRate, MissingRate } from './closing.ts';

export interface ReadRates {
  readonly rates: readonly LockedRate[];
  readonly missing: readonly MissingRate[];
}

/**
 * The rates of a centre's rate set to its home currency on the cut-off date of a cycle, by currency; none where each currency is
 * paid by itself. Throws what the rates capability throws besides that there is none.
 */
export async function readRates(
  rateBetween: ClosingTools['rateBetween'],
  { tenant, settlement, homeCurrency, currencies, rateSet }: Centre,
  { cutOffDate: date }: Pick<Cycle, 'cutOffDate'>,
): Promise<ReadRates> {
  const rates: LockedRate[] = [];
  const missing: MissingRate[] = [];
  if (settlement !== 'HOME_CURRENCY' || rateSet === undefined) return { rates, missing };
  for (const currency of [...currencies].sort()) {
    if (currency === homeCurrency) continue;
    try {
      const rate = await rateBetween(tenant, rateSet, date, currency, homeCurrency);
      rates.push({ currency, numerator: rate.numerator, denominator: rate.denominator, date: rate.date });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'rates/rate-missing') throw error;
      missing.push({ base: currency, quote: homeCurrency, rateSet, date });
    }
  }
  return { rates, missing };
}
