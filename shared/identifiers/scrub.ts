import { ibanLengths } from './iban-table.ts';
import { maskAccount } from './mask.ts';

/** Ids of this system and UUIDs stay: a log is found by them, and nine digits in a row can stand in them by chance. */
const kept =
  '(?<![0-9A-Za-z])(?:[a-z]{1,12}_[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?![0-9A-Za-z])';

/** IBANs, plain or in groups, whether their check digits hold or not: country, two digits, as many as the country has. */
const iban = [...new Set(ibanLengths.values())].map(ibanOfLength).join('|');

/** 9 digits or more in a row, of any script; or in groups of 4 as cards and accounts are printed; or a mobile number. */
const digits = String.raw`\p{Nd}{9,}|(?<!\p{Nd})\p{Nd}{4}(?:[\p{Zs}\p{Pd}]\p{Nd}{4})+[\p{Zs}\p{Pd}]\p{Nd}{1,4}(?!\p{Nd})`;
const mobile = String.raw`(?<!\p{Nd})1\p{Nd}{2}[\p{Zs}\p{Pd}]\p{Nd}{4}[\p{Zs}\p{Pd}]\p{Nd}{4}(?!\p{Nd})`;

const numbers = new RegExp(`(${kept})|${iban}|${digits}|${mobile}`, 'gu');

/**
 * Free text fit for a log: every number that could be an account, card, identity or phone is masked to its last 4.
 * Amounts of nine digits and more go with them; a log does without.
 */
export function maskNumbersIn(text: string): string {
  return text.replace(numbers, (match: string, id: string | undefined) => id ?? maskAccount(match));
}

function ibanOfLength(length: number): string {
  const countries = [...ibanLengths].filter(([, its]) => its === length).map(([country]) => anyCase(country));
  return `(?<![0-9A-Za-z])(?:${countries.join('|')})[0-9]{2}(?: ?[0-9A-Za-z]){${length - 4}}(?![0-9A-Za-z])`;
}

function anyCase(letters: string): string {
  return [...letters].map((letter) => `[${letter}${letter.toLowerCase()}]`).join('');
}
