import { headOfNumber } from './number-head.ts';

/** Tokens are never longer; what is longer is no number that anybody writes. */
export const tokenLengthMax = 40;

const isAscii = /^[\x20-\x7e]*$/;

const lettersSafeLength = 6;
const lettersSafeDigits = 3;
const digitsSafeLength = 8;

/**
 * A number of an invoice, an order or a contract as it is compared: Latin capitals and digits, nothing else, so that
 * full width, case and separators make no difference. Empty where it has no digit or is overlong. Of a number that begins with
 * Chinese characters it is what payers write who leave them out; see `headedToken`.
 *
 * @example referenceToken('ｉｎｖ-2026/001') // 'INV2026001'
 */
export function referenceToken(text: string): string {
  const plain = isAscii.test(text) ? text : text.normalize('NFKC');
  const token = plain.toUpperCase().replace(/[^A-Z0-9]+/g, '');
  return /[0-9]/.test(token) && token.length <= tokenLengthMax ? token : '';
}

/**
 * The token of a number with the Chinese characters that it begins with, in simplified ones; undefined where there are none,
 * or only words such as 发票号. It says as much as one that begins with Latin letters.
 *
 * @example headedToken('沪销25-28800') // '沪销2528800'
 */
export function headedToken(text: string): string | undefined {
  if (isAscii.test(text)) return undefined;
  const [head, token] = [headOfNumber(text), referenceToken(text)];
  return head !== '' && token !== '' && head.length + token.length <= tokenLengthMax ? head + token : undefined;
}

/** The token of a number, and the one with its Chinese characters: all forms under which it is found. */
export function tokensOfNumber(text: string): string[] {
  const [token, headed] = [referenceToken(text), headedToken(text)];
  if (token === '') return [];
  return headed === undefined ? [token] : [headed, token];
}

/**
 * Whether a token says by itself what it means, whoever wrote it: letters or Chinese characters with three digits or more, six
 * characters in all, or eight digits that are no date. Others may be a quantity, an amount or a date, and count with a known
 * payer only.
 */
export function isSafeToken(token: string): boolean {
  if (!/[^0-9]/.test(token)) return token.length >= digitsSafeLength && !isDate(token);
  return token.length >= lettersSafeLength && token.replace(/[^0-9]/g, '').length >= lettersSafeDigits;
}

/** A plain number that stands for a day, YYYYMMDD. */
function isDate(token: string): boolean {
  return /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(token);
}

/** What a number such as INV2026001 begins with, and the count of its digits: what other numbers of the same series look like. */
export function seriesOf(token: string): string | undefined {
  const parts = /^([^0-9]*)([0-9]+)$/.exec(token);
  return parts ? `${parts[1]}#${parts[2]?.length}` : undefined;
}

/** The digits of a number without the letters before them, which payers leave out; nothing where there are none. */
export function digitsAlone(token: string): string | undefined {
  return /^[A-Z]+([0-9]{3,})$/.exec(token)?.[1];
}
