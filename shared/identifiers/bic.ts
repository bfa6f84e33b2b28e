/**
 * What is wrong with a BIC (ISO 9362), or nothing: 4 characters of the business party, 2 letters of the country, 2 of
 * the location, and 3 of a branch or none. Capitals only. Looks at the form; the directory of BICs is SWIFT's.
 */
export function checkBic(text: string): string | undefined {
  if (text.length !== 8 && text.length !== 11) return 'A BIC has 8 or 11 characters.';
  if (!/^[A-Z0-9]+$/.test(text)) return 'A BIC is written in capitals and digits.';
  if (!/^.{4}[A-Z]{2}/.test(text)) return 'Characters 5 and 6 of a BIC are the letters of its country.';
  return undefined;
}

export function isValidBic(text: string): boolean {
  return checkBic(text) === undefined;
}
