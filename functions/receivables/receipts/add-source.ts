import { defined } from '../../../shared/objects/defined.ts';
import { changed, type Step } from '../matches/step.ts';
import type { Receipt, ReceiptSource } from './receipt.ts';
import type { ReceiptDraft } from './receipt-draft.ts';

/** Who told of one receipt, at most: banks repeat themselves. */
export const sourcesMax = 20;

/**
 * A receipt that somebody else tells of too: it is noted, and what the receipt did not know of the payer and what was paid for
 * is taken from it. Amount, day and account stay as they were told first; another amount is noted with its source, and
 * nothing is learnt from it. Nothing, where it has told of it before.
 */
export function addSource(
  receipt: Receipt,
  draft: ReceiptDraft,
  source: ReceiptSource,
  step: Omit<Step, 'date'>,
): Receipt | undefined {
  const { sources, amount } = receipt;
  if (sources.length >= sourcesMax || sources.some(({ kind, id }) => kind === source.kind && id === source.id)) {
    return undefined;
  }
  const told = draft.amount === amount ? source : { ...source, amount: draft.amount };
  const isSame = draft.amount === amount;
  return changed<Receipt>(receipt, { sources: [...sources, told], ...(isSame && learnt(receipt, draft)) }, step);
}

export type Knowledge = Pick<Receipt, 'texts' | 'references' | 'payer' | 'virtualAccountKey' | 'fromOwn'>;

/** What a receipt knows of the payer and of what was paid for, together with what somebody else tells of the same money. */
export function learnt(
  { texts, references, payer, virtualAccountKey, fromOwn }: Knowledge,
  told: Knowledge,
): Knowledge {
  const newTexts = told.texts.filter((text) => !texts.some((known) => known.includes(text)));
  return {
    texts: [...texts, ...newTexts],
    references: { ...told.references, ...references },
    payer: { ...told.payer, ...payer },
    ...defined({ virtualAccountKey: virtualAccountKey ?? told.virtualAccountKey, fromOwn: fromOwn ?? told.fromOwn }),
  };
}
