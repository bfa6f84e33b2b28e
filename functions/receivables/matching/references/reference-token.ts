/** Tokens are never longer; what is longer is no number that anybody writes. */
export const tokenLengthMax = 40;

const isAscii = /^[\x20-\x7e]*$/;

const lettersSafeLength = 6;
const lettersSafeDigits = 3;
const digitsSafeLength = 8;

/**
 * A number of an invoice, an order or a contract as it is compared: Latin capitals and digits, nothing else, so that
 * full width, case and separators make no difference. Empty where it has no digit or is overlong.
 *
 * @example referenceToken('ｉｎｖ-2026/001') // 'INV2026001'
 */
export function referenceToken(text: string): string {
  const plain = isAscii.test(text) ? text : text.normalize('NFKC');
  const token = plain.toUpperCase().replace(/[^A-Z0-9]+/g, '');
  return /[0-9]/.test(token) && token.length <= tokenLengthMax ? token : '';
}

/**
 * Whether a token says by itself what it means, whoever wrote it: letters with three digits or more, six characters in all,
 * or eight digits that are no date. Others may be a quantity, an amount or a date, and count with a known payer only.
 */
export function isSafeToken(token: string): boolean {
  if (!/[A-Z]/.test(token)) return token.length >= digitsSafeLength && !isDate(token);
  return token.length >= lettersSafeLength && token.replace(/[A-Z]/g, '').length >= lettersSafeDigits;
}

/** A plain number that stands for a day, YYYYMMDD. */
function isDate(token: string): boolean {
  return /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(token);
}

/** Letters and the count of digits of a number such as INV2026001: what other numbers of the same series look like. */
export function seriesOf(token: string): string | undefined {
  const parts = /^([A-Z]*)([0-9]+)$/.exec(token);
  return parts ? `${parts[1]}#${parts[2]?.length}` : undefined;
}

/** The digits of a number without the letters before them, which payers leave out; nothing where there are none. */
export function digitsAlone(token: string): string | undefined {
  return /^[A-Z]+([0-9]{3,})$/.exec(token)?.[1];
}
