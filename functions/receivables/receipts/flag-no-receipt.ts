import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { raised } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import type { ReceivablesStore } from '../store.ts';
import { countingReceipt } from './find-receipt.ts';
import type { NoReceipt, Receipt } from './receipt.ts';

/**
 * Has somebody look at a receipt that a report which knows more says is none, or not all of it: it was told of before by one that
 * knew less. Said once, it is not said again, whatever somebody has made of it.
 */
export async function flagNoReceipt(
  store: Pick<ReceivablesStore, 'readReceipt' | 'replaceReceipt'>,
  { tenant, id }: Pick<Receipt, 'tenant' | 'id'>,
  { why, entryId }: Omit<NoReceipt, 'at'>,
  step: Omit<Step, 'date'>,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await countingReceipt(store, tenant, id);
    if (!before || before.noReceipt) return { answer: undefined };
    const next = changed<Receipt>(before, flagged(before, { why, entryId, at: step.at }, step.at), step);
    return { answer: undefined, write: () => store.replaceReceipt(next, before) };
  });
}

/** What a receipt is once something says that it is none: it waits for somebody, who reads why. */
export function flagged(
  { exception }: Pick<Receipt, 'exception'>,
  noReceipt: NoReceipt,
  at: string,
): Required<Pick<Receipt, 'exception' | 'noReceipt' | 'handled'>> {
  return { exception: { ...raised(exception, 'DUPLICATE', at), note: noReceipt.why }, noReceipt, handled: true };
}
