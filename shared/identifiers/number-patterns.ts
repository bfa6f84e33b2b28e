import { ibanLengths } from './iban-table.ts';

/** Ids of this system and UUIDs stay: a log is found by them, and nine digits in a row can stand in them by chance. */
const kept =
  '(?<![0-9A-Za-z])(?:[a-z]{1,12}_[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?![0-9A-Za-z])';

/** IBANs, plain or in groups, whether their check digits hold or not: country, two digits, as many as the country has. */
const iban = [...new Set(ibanLengths.values())].map(ibanOfLength).join('|');

/** 9 digits or more in a row, of any script, with the X an identity number may end in. */
const run = String.raw`\p{Nd}{9,}(?:[Xx](?![0-9A-Za-z]))?`;

/** 9 digits or more in groups of 4, as cards and accounts are printed. */
const groups = String.raw`(?<!\p{Nd})\p{Nd}{4}(?:[\p{Zs}\p{Pd}]\p{Nd}{4})+[\p{Zs}\p{Pd}]\p{Nd}{1,4}(?!\p{Nd})`;

/** A mobile number as people say it: 138 1234 5678. */
const mobile = String.raw`(?<!\p{Nd})1\p{Nd}{2}[\p{Zs}\p{Pd}]\p{Nd}{4}[\p{Zs}\p{Pd}]\p{Nd}{4}(?!\p{Nd})`;

/** Finds what no log may hold in full; what the first group matches is harmless. Reads a text in linear time. */
export const accountLikeNumbers = new RegExp(`(${kept})|${iban}|${run}|${groups}|${mobile}`, 'gu');

function ibanOfLength(length: number): string {
  const countries = [...ibanLengths].filter(([, its]) => its === length).map(([country]) => anyCase(country));
  return `(?<![0-9A-Za-z])(?:${countries.join('|')})[0-9]{2}(?: ?[0-9A-Za-z]){${length - 4}}(?![0-9A-Za-z])`;
}

function anyCase(letters: string): string {
  return [...letters].map((letter) => `[${letter}${letter.toLowerCase()}]`).join('');
}
