import { INTEGER_DIGITS_MAX, parseAmount } from '../money/amount.ts';
import { minorUnitDigits, UnknownCurrencyError } from '../money/currency.ts';
import { FormatError } from './format-error.ts';

const decimal = /^([+-]?)(\d*)(?:[.,](\d*))?$/;

export interface AmountText {
  /** Minor units, never negative. */
  readonly magnitude: bigint;
  readonly negative: boolean;
}

/**
 * Reads an amount as banks write it: `0.2`, `3000`, `79,7`, `0,`, `00012.50`, `100.00000`, `-5`. Point and comma are
 * decimal signs, thousands are not separated. Zeros beyond the currency's decimals are cut, other digits there are a fault.
 * @throws FormatError bad-amount, too-many-decimals, unknown-currency; without a line.
 */
export function readAmount(text: string, currency: string, element: string): AmountText {
  const digits = decimalsOf(currency, element);
  const [, sign = '', whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (whole === '' && fraction === '') throw fault('bad-amount', text, element);
  const significant = withoutTrailingZeros(fraction, digits);
  if (significant.length > digits) {
    throw fault('too-many-decimals', text, element, ` ${currency}, a currency of ${digits} decimals`);
  }
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  if (integer.length > INTEGER_DIGITS_MAX) throw fault('bad-amount', text, element);
  const canonical = digits === 0 ? integer : `${integer}.${significant.padEnd(digits, '0')}`;
  return { magnitude: parseAmount(canonical, currency), negative: sign === '-' };
}

function decimalsOf(currency: string, element: string): number {
  try {
    return minorUnitDigits(currency);
  } catch (error) {
    if (!(error instanceof UnknownCurrencyError)) throw error;
    throw new FormatError('unknown-currency', error.message, { element }, { cause: error });
  }
}

function withoutTrailingZeros(fraction: string, keep: number): string {
  let end = fraction.length;
  while (end > keep && fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}

const quotedMax = 30;

function fault(reason: 'bad-amount' | 'too-many-decimals', text: string, element: string, more = ''): Error {
  const what = reason === 'bad-amount' ? 'is no amount' : 'has too many decimals for';
  return new FormatError(reason, `'${text.slice(0, quotedMax)}' ${what}${more}`, { element });
}
