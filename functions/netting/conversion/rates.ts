import { convertMinor, type Ratio } from '../../../shared/money/convert.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** The rates that a cycle is locked at. */
export interface HomeRates {
  readonly home: CurrencyCode;
  /** Major units of the home currency for one major unit of the currency. The home currency itself needs none. */
  readonly rates: ReadonlyMap<CurrencyCode, Ratio>;
}

/** The currencies that have no rate to the home currency, each once, in alphabetical order. */
export function missingRates(currencies: Iterable<CurrencyCode>, { home, rates }: HomeRates): CurrencyCode[] {
  const missing = new Set<CurrencyCode>();
  for (const currency of currencies) if (currency !== home && !rates.has(currency)) missing.add(currency);
  return [...missing].sort();
}

/** Minor units of the currency in minor units of the home currency, half up by magnitude. Throws RangeError without a rate. */
export function toHome(minor: bigint, currency: CurrencyCode, { home, rates }: HomeRates): bigint {
  if (currency === home) return minor;
  const rate = rates.get(currency);
  if (rate === undefined) throw new RangeError(`There is no rate of ${currency} to ${home}.`);
  return convertMinor(minor, rate, currency, home);
}
