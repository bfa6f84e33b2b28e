import { readAmount } from '../../../shared/formats/amount-text.ts';
import { FormatError } from '../../../shared/formats/format-error.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { AmountForm, FeeSign } from './channel-template.ts';

/** A signed amount in minor units, or why the text is none and how to mend it. */
export type AmountReading =
  | { readonly amount: bigint; readonly fault?: never }
  | { readonly fault: string; readonly amount?: never };

const whole = /^([+-]?)(\d{1,20})$/;
const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** Reads an amount with its sign. Zeros beyond the currency's decimals are cut, other digits there are a fault: never rounded. */
export function readSigned(text: string, currency: CurrencyCode, { unit, thousands }: AmountForm): AmountReading {
  if (text === '') return { fault: 'The amount is empty; fetch the file again.' };
  if (unit === 'MINOR') {
    const [, sign, digits] = whole.exec(text) ?? [];
    if (digits === undefined) return { fault: `${shown(text)} is no whole number of minor units.` };
    return { amount: sign === '-' ? -BigInt(digits) : BigInt(digits) };
  }
  if (!text.includes(',')) return readDecimal(text, currency);
  if (thousands && grouped.test(text)) return readDecimal(text.replaceAll(',', ''), currency);
  return { fault: `${shown(text)} has commas: take a template with thousands, if they part those.` };
}

function readDecimal(text: string, currency: CurrencyCode): AmountReading {
  try {
    const { magnitude, negative } = readAmount(text, currency, 'amount');
    return { amount: negative ? -magnitude : magnitude };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { fault: `${error.what}. Amounts are never rounded; ask the channel for a correct file.` };
  }
}

/** Reads a fee: what the channel keeps is above zero, what it gives back below. */
export function readFee(text: string, currency: CurrencyCode, form: AmountForm): AmountReading {
  const { fees } = form;
  if (typeof fees === 'object') return readLettered(text, currency, form, fees);
  const reading = readSigned(text, currency, form);
  return reading.amount !== undefined && fees === 'NEGATIVE' ? { amount: -reading.amount } : reading;
}

function readLettered(
  text: string,
  currency: CurrencyCode,
  form: AmountForm,
  { kept, givenBack }: FeeSign & object,
): AmountReading {
  const letter = [kept, givenBack].find((one) => text.startsWith(one));
  if (letter === undefined) return { fault: `${shown(text)} has neither ${kept} nor ${givenBack} before it.` };
  const reading = readSigned(text.slice(letter.length), currency, form);
  return reading.amount !== undefined && letter === givenBack ? { amount: -reading.amount } : reading;
}

const shownCharacters = 30;

export function shown(text: string): string {
  return JSON.stringify(text.slice(0, shownCharacters));
}
