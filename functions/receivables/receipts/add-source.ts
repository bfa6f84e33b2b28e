import { changed, type Step } from '../matches/step.ts';
import type { Receipt, ReceiptSource } from './receipt.ts';
import type { ReceiptDraft } from './receipt-draft.ts';

/** Who told of one receipt, at most: banks repeat themselves. */
export const sourcesMax = 20;

/**
 * A receipt that somebody else tells of too: it is noted, and what the receipt did not know of the payer and what was paid for
 * is taken from it. Amount, day and account stay as they were told first; another amount is noted with its source. Nothing,
 * where it has told of it before.
 */
export function addSource(
  receipt: Receipt,
  draft: ReceiptDraft,
  source: ReceiptSource,
  step: Omit<Step, 'date'>,
): Receipt | undefined {
  const { sources, amount, texts, references, payer, virtualAccountKey = draft.virtualAccountKey } = receipt;
  if (sources.length >= sourcesMax || sources.some(({ kind, id }) => kind === source.kind && id === source.id)) {
    return undefined;
  }
  const told = draft.amount === amount ? source : { ...source, amount: draft.amount };
  const newTexts = draft.texts.filter((text) => !texts.some((known) => known.includes(text)));
  return changed<Receipt>(
    receipt,
    {
      sources: [...sources, told],
      texts: [...texts, ...newTexts],
      references: { ...draft.references, ...references },
      payer: { ...draft.payer, ...payer },
      ...(virtualAccountKey !== undefined && { virtualAccountKey }),
    },
    step,
  );
}
