import type { StatementHeader } from '../../shared/formats/statement-events.ts';
import { accountNumberCandidates, normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';

/** The keyed hash an account number is searched by; equal numbers have equal hashes however they are spaced. */
export function numberHasher(key: string): (number: string) => string {
  return (number) => keyedHash(normaliseAccountNumber(number), key);
}

/** The numbers under which the account of a statement may be known, the surest first. */
export function numbersOf({ iban, number }: StatementHeader['account']): string[] {
  const candidates = [iban, number]
    .filter((one) => one !== undefined)
    .flatMap((one) => [one, ...accountNumberCandidates(one)]);
  return [...new Set(candidates.map(normaliseAccountNumber))].filter((one) => one !== '');
}
