import { normaliseName } from '../matching/names/normalise-name.ts';
import { candidateName } from '../matching/names/weaker-names.ts';

/**
 * The forms under which a customer is found by names, each once: as names are compared and, for suggestions, without what is
 * often left out. Of a payer's name the same forms lead to it; matching says what each is worth.
 */
export function nameKeysOf(names: readonly string[]): string[] {
  const normalised = names.map(normaliseName);
  return [...new Set([...normalised, ...normalised.map(candidateName)])].filter((form) => form !== '');
}
