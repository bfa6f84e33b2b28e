import { normaliseAccountNumber } from './account-number.ts';

/** Characters of a virtual account number in its one spelling. Shorter ones would be found in any text by chance. */
export const numberLengthMin = 4;
export const numberLengthMax = 64;
/** Digits in a row that may be an account number; less is a date, an amount or an invoice. */
const digitsMin = 8;
/** Characters of a word in a text that may be an account number. */
const wordLengthMin = 6;

export function isNumberLength(number: string): boolean {
  return number.length >= numberLengthMin && number.length <= numberLengthMax;
}

/**
 * What in a text may be a virtual account number, in the spelling under which numbers are compared: the text as a whole,
 * digits in a row (with blanks and dashes between groups, or without), and words that hold a digit.
 */
export function numberCandidates(text: string): string[] {
  const plain = text.normalize('NFKC');
  const whole = normaliseAccountNumber(plain);
  const candidates = [whole, ...digitRuns(plain), ...digitRuns(whole), ...words(plain)];
  return [...new Set(candidates)].filter(isNumberLength);
}

function digitRuns(text: string): string[] {
  return (text.match(/[0-9]+/g) ?? []).filter(({ length }) => length >= digitsMin && length <= numberLengthMax);
}

/** Words between blanks and punctuation; a slash may part two numbers or stand in one. */
function words(plain: string): string[] {
  const parted = plain.split(/[\s,;:|?!+=*#"'<>()[\]{}，；：。、]+/u);
  return parted
    .flatMap((word) => [word, ...word.split('/')])
    .map(normaliseAccountNumber)
    .filter((word) => word.length >= wordLengthMin && /[0-9]/.test(word));
}
