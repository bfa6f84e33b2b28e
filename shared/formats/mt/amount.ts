import { type AmountText, readAmount } from '../amount-text.ts';
import { FormatError } from '../format-error.ts';

/** Comma as decimal sign, dots between groups of three: it can be read in one way only. */
const grouped = /^-?[1-9]\d{0,2}(?:\.\d{3})+,\d*$/;

/** One thousand, or one with three decimals: nobody can tell. */
const ambiguous = /^-?[1-9]\d{0,2}\.\d{3}$/;

/**
 * Reads an amount of an MT message. The standard has a decimal comma and no groups; `1.234,56` and a decimal point, as
 * in `12.5`, are read too.
 * @throws FormatError bad-amount (`1,234.56`, `12.34,56`, `1.234`), too-many-decimals, unknown-currency
 */
export function readMtAmount(text: string, currency: string, element: string): AmountText {
  if (ambiguous.test(text)) {
    throw new FormatError('bad-amount', `'${text}' may mean thousands or decimals`, { element });
  }
  return readAmount(grouped.test(text) ? text.replaceAll('.', '') : text, currency, element);
}
