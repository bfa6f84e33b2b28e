import { type CurrencyCode, minorUnitDigits } from './currency.ts';

/** Digits before the decimal point, at most. Minor units then fit any 22 digits; DynamoDB numbers hold 38. */
export const INTEGER_DIGITS_MAX = 18;

/** Characters looked at, at most: a sign, the digits, a point and more decimals than any currency has. */
const TEXT_LENGTH_MAX = 40;

export type AmountFault = 'NOT_DECIMAL' | 'TOO_MANY_DECIMALS' | 'TOO_MANY_DIGITS';

/** A text that is no amount of its currency. The message says how to mend it and is fit for a caller to read. */
export class AmountError extends Error {
  readonly reason: AmountFault;

  constructor(reason: AmountFault, message: string) {
    super(message);
    this.name = 'AmountError';
    this.reason = reason;
  }
}

/**
 * Minor units of a decimal text: parseAmount('-12.3', 'CNY') is -1230n. A leading '-' is the only sign; no '+', no
 * exponent, no separators, digits on both sides of the point. Fewer decimals than the currency has are filled up, more
 * are refused even where they are zeros, never rounded. Throws AmountError, UnknownCurrencyError.
 */
export function parseAmount(text: string, currency: CurrencyCode): bigint {
  const digits = minorUnitDigits(currency);
  if (text.length > TEXT_LENGTH_MAX) throw tooManyDigits();
  const match = /^(-?)([0-9]+)(?:[.]([0-9]+))?$/.exec(text);
  if (!match) throw notDecimal(text);
  const [, sign, whole = '', fraction = ''] = match;
  if (whole.length > INTEGER_DIGITS_MAX) throw tooManyDigits();
  if (fraction.length > digits) throw tooManyDecimals(text, currency, fraction.length, digits);
  const magnitude = BigInt(whole + fraction.padEnd(digits, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** The canonical text of minor units, with all decimals of the currency: formatAmount(-5n, 'CNY') is '-0.05'. */
export function formatAmount(minor: bigint, currency: CurrencyCode): string {
  const digits = minorUnitDigits(currency);
  const magnitude = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (digits === 0) return sign + magnitude;
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}

function notDecimal(text: string): AmountError {
  const detail = `${JSON.stringify(text)} is not decimal text; send digits with at most one point, such as "1234.56".`;
  return new AmountError('NOT_DECIMAL', detail);
}

function tooManyDigits(): AmountError {
  return new AmountError('TOO_MANY_DIGITS', `An amount has at most ${INTEGER_DIGITS_MAX} digits before the point.`);
}

function tooManyDecimals(text: string, currency: string, sent: number, allowed: number): AmountError {
  const detail = `${text} has ${sent} decimals, ${currency} has ${allowed}; amounts are never rounded.`;
  return new AmountError('TOO_MANY_DECIMALS', detail);
}
