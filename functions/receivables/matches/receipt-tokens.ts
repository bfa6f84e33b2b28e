import { readAtoms } from '../matching/references/read-atoms.ts';
import { isSafeToken, tokenLengthMax, tokensOfNumber } from '../matching/references/reference-token.ts';
import { atomsMax } from '../matching/references/windows.ts';
import type { Receipt } from '../receipts/receipt.ts';

/** Numbers that are looked up for one receipt, at most. */
export const tokensMax = 120;

/**
 * What in a receipt may be a number of an invoice, an order or a contract, in the form under which these are found: structured
 * references as they stand, and all that the text may spell. Only what says by itself what it means: short numbers count with a
 * known payer, whose open invoices are all looked at. Where there are too many, the first ones.
 */
export function receiptTokens({ references, texts }: Pick<Receipt, 'references' | 'texts'>): string[] {
  const structured = Object.values(references);
  const tokens = [
    ...structured.flatMap(tokensOfNumber).filter(isSafeToken),
    ...structured.flatMap((text) => [...spelt([text])]),
    ...spelt(texts),
  ];
  return [...new Set(tokens)].slice(0, tokensMax);
}

/** All that a text may spell from each of its runs on, with the Chinese characters before it and without. */
function* spelt(lines: readonly string[]): Generator<string> {
  const atoms = readAtoms(lines);
  for (const [from, first] of atoms.entries()) {
    const heads = ['', ...Array.from(first.gap.head, (_, at) => [...first.gap.head].slice(at).join(''))];
    let bare = '';
    for (const [at, atom] of atoms.slice(from, from + atomsMax).entries()) {
      if (at > 0 && !atom.gap.joins) break;
      bare += atom.text;
      if (bare.length > tokenLengthMax) break;
      yield* heads.map((head) => head + bare).filter(isSafeToken);
    }
  }
}
