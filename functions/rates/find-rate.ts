import type { Ratio } from '../../shared/money/convert.ts';
import { pairOf, type Rate } from './rate-set.ts';
import { ratioOf } from './rate-text.ts';

/**
 * What one unit (major) of `base` is in units of another currency, `quote`, exactly; undefined where the rates do not
 * tell. Direct beats inverse beats cross; a cross goes through the alphabetically first currency that both have.
 */
export function findRate(rates: readonly Rate[], base: string, quote: string): Ratio | undefined {
  const byPair = new Map(rates.map((rate) => [pairOf(rate), ratioOf(rate.rate)]));
  return directOrInverse(byPair, base, quote) ?? cross(byPair, currenciesOf(rates), base, quote);
}

type RatesByPair = ReadonlyMap<string, Ratio>;

function directOrInverse(byPair: RatesByPair, base: string, quote: string): Ratio | undefined {
  const direct = byPair.get(pairOf({ base, quote }));
  if (direct) return direct;
  const inverse = byPair.get(pairOf({ base: quote, quote: base }));
  return inverse && { numerator: inverse.denominator, denominator: inverse.numerator };
}

function cross(byPair: RatesByPair, currencies: readonly string[], base: string, quote: string): Ratio | undefined {
  for (const third of currencies) {
    const into = directOrInverse(byPair, base, third);
    const outOf = into && directOrInverse(byPair, third, quote);
    if (outOf) {
      return { numerator: into.numerator * outOf.numerator, denominator: into.denominator * outOf.denominator };
    }
  }
  return undefined;
}

function currenciesOf(rates: readonly Rate[]): string[] {
  return [...new Set(rates.flatMap(({ base, quote }) => [base, quote]))].sort();
}
