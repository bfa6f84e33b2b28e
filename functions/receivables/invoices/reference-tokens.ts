import { isSafeToken, tokensOfNumber } from '../matching/references/reference-token.ts';

/**
 * The forms under which an invoice is found by its number and its other references, each once. Only those that say by
 * themselves what they mean: a short number counts with a known payer alone, and the open invoices of one are all looked at.
 */
export function referenceTokensOf(number: string, references: Readonly<Record<string, string>>): string[] {
  const tokens = [number, ...Object.values(references)].flatMap(tokensOfNumber);
  return [...new Set(tokens)].filter(isSafeToken);
}
