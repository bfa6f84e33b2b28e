import { readAtoms } from '../matching/references/read-atoms.ts';
import { isSafeToken, referenceToken, tokenLengthMax } from '../matching/references/reference-token.ts';
import type { Receipt } from '../receipts/receipt.ts';

/** Runs of letters and digits that one number is made of, at most. */
const atomsMax = 8;
/** Numbers that are looked up for one receipt, at most. */
export const tokensMax = 60;

/**
 * What in a receipt may be a number of an invoice, an order or a contract, in the form under which these are found: structured
 * references as they stand, and all that the text may spell. Only what says by itself what it means: short numbers count with a
 * known payer, whose open invoices are all looked at. The first of them where there are too many.
 */
export function receiptTokens({ references, texts }: Pick<Receipt, 'references' | 'texts'>): string[] {
  const structured = Object.values(references).map(referenceToken);
  const tokens = new Set([
    ...structured.filter(isSafeToken),
    ...Object.values(references).flatMap((text) => spelt([text])),
  ]);
  for (const token of spelt(texts)) tokens.add(token);
  return [...tokens].slice(0, tokensMax);
}

function spelt(lines: readonly string[]): string[] {
  const atoms = readAtoms(lines);
  return atoms.flatMap((_, from) => {
    const found: string[] = [];
    let token = '';
    for (const [at, atom] of atoms.slice(from, from + atomsMax).entries()) {
      if (at > 0 && !atom.gap.joins) break;
      token += atom.text;
      if (token.length > tokenLengthMax) break;
      if (isSafeToken(token)) found.push(token);
    }
    return found;
  });
}
