import { maskAccount, maskNumbersIn } from '../../../shared/identifiers/mask.ts';

const descriptionLengthMax = 140;
/** What an account number may be written with between its characters; see normaliseAccountNumber. */
const between = String.raw`[\s\p{Cf}\p{Pd}.]*`;

/**
 * What the payer wrote, fit for the statement of a ledger: account numbers, and the virtual account numbers found in it,
 * show their ends only, in whatever spelling they stand there.
 */
export function describeReceipt(remittance: string, numbers: Iterable<string>): string {
  let text = remittance.normalize('NFKC');
  for (const number of numbers) text = text.replace(patternOf(number), maskAccount(number));
  return [...maskNumbersIn(text)].slice(0, descriptionLengthMax).join('');
}

function patternOf(number: string): RegExp {
  const characters = [...number].map((character) => character.replace(/[^\p{L}\p{N}]/u, String.raw`\$&`));
  return new RegExp(characters.join(between), 'giu');
}
