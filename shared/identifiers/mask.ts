/** How numbers are shown: enough to recognise, not enough to use. */
const accountShown = 4;
const longNumber = /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?|\d(?:[ -]?\d){8,}/g;

/** Bank cards: the first six (the issuer) and the last four. */
export function maskCard(number: string): string {
  return maskMiddle(number, 6, 4);
}

/** Corporate accounts: the last four. */
export function maskAccount(number: string): string {
  return maskMiddle(number, 0, accountShown);
}

/** Identity numbers: the last four. */
export function maskIdentity(number: string): string {
  return maskMiddle(number, 0, 4);
}

/** 138****1234 */
export function maskPhone(number: string): string {
  return maskMiddle(number, 3, 4);
}

/** Free text with every number of nine digits or more, and every IBAN, reduced to its last four. */
export function maskNumbersIn(text: string): string {
  return text.replace(longNumber, (number) => maskMiddle(number.replace(/[ -]/g, ''), 0, 4));
}

function maskMiddle(number: string, first: number, last: number): string {
  if (number.length <= first + last) return '*'.repeat(number.length);
  return number.slice(0, first) + '*'.repeat(number.length - first - last) + number.slice(-last);
}
