import type { Ratio } from '../../shared/money/convert.ts';

/** Digits of a rate before and behind the point, at most. */
export const rateIntegerDigitsMax = 12;
export const rateDecimalsMax = 12;

/** Decimal text of a rate: no sign, no exponent, digits on both sides of a point. Zero is text, but no rate. */
export const ratePattern = new RegExp(`^[0-9]{1,${rateIntegerDigitsMax}}([.][0-9]{1,${rateDecimalsMax}})?$`);

/** The shortest text of a rate, so that equal rates have equal text: '07.1230' is '7.123'. Takes what fits the pattern. */
export function normaliseRate(text: string): string {
  const [whole = '', decimals = ''] = text.split('.');
  const fraction = decimals.replace(/0+$/, '');
  return `${BigInt(whole)}${fraction && `.${fraction}`}`;
}

/** The exact value of decimal text: '7.1234' is 71234/10000. Takes what fits the pattern. */
export function ratioOf(text: string): Ratio {
  const [whole = '', decimals = ''] = text.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

export function isZeroRate(text: string): boolean {
  return ratioOf(text).numerator === 0n;
}
