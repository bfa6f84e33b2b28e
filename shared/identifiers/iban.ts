import { mod97 } from './check-digits.ts';
import { ibanLengths } from './iban-table.ts';

/** An IBAN as machines write it: no spaces, capitals. Says nothing about whether it is one. */
export function compactIban(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/**
 * What is wrong with an IBAN, or nothing: country of the registry, its length, check digits by ISO 7064 MOD 97,10.
 * Takes the printed form (groups of four) and the electronic one. Does not look into the national part.
 */
export function checkIban(text: string): string | undefined {
  const iban = compactIban(text);
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]+$/.test(iban)) {
    return 'An IBAN begins with a country and two check digits, and goes on with digits and letters.';
  }
  const country = iban.slice(0, 2);
  const length = ibanLengths.get(country);
  if (length === undefined) return `${country} has no IBAN in the registry.`;
  if (iban.length !== length) return `An IBAN of ${country} has ${length} characters, not ${iban.length}.`;
  if (!checkDigitsHold(iban)) return 'The check digits do not hold; compare the IBAN.';
  return undefined;
}

export function isValidIban(text: string): boolean {
  return checkIban(text) === undefined;
}

/** 00, 01 and 99 leave the remainder 1 just as 97, 98 and 02 do, but are never given out. */
function checkDigitsHold(iban: string): boolean {
  const digits = Number(iban.slice(2, 4));
  return digits >= 2 && digits <= 98 && mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}
