import { type CurrencyCode, minorUnitDigits } from './currency.ts';
import { divideHalfUp } from './rounding.ts';

/** A fraction. Not necessarily in lowest terms. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * An exchange rate without rounding: one major unit of the base currency is numerator/denominator major units of the
 * quote currency. Both are above zero.
 */
export interface ExactRate extends Ratio {
  /** The day the rate was set for, which may lie before the day that was asked for. */
  readonly date: string;
}

/**
 * Minor units of the base currency as minor units of the quote currency, half up by magnitude and rounded once: at
 * 1 USD = 149.505 JPY, 100n (1.00 USD) becomes 150n (150 JPY). The sign stays, so a debit and the credit it mirrors convert
 * alike. Throws UnknownCurrencyError, and RangeError where the denominator is zero.
 */
export function convertMinor(
  minor: bigint,
  { numerator, denominator }: Ratio,
  baseCurrency: CurrencyCode,
  quoteCurrency: CurrencyCode,
): bigint {
  return divideHalfUp(minor * numerator * unitOf(quoteCurrency), denominator * unitOf(baseCurrency));
}

/** Minor units in one major unit. */
function unitOf(currency: CurrencyCode): bigint {
  return 10n ** BigInt(minorUnitDigits(currency));
}
