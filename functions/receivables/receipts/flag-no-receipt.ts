import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { raised } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Receipt } from './receipt.ts';

/**
 * Has somebody look at a receipt that a report which knows more says is none: it was told of before by one that knew less. Said
 * already, it changes nothing.
 */
export async function flagNoReceipt(
  store: Pick<ReceivablesStore, 'readReceipt' | 'replaceReceipt'>,
  { tenant, id }: Receipt,
  note: string,
  step: Omit<Step, 'date'>,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readReceipt(tenant, id);
    if (!before || before.merged || before.exception?.note === note) return { answer: undefined };
    const exception = { ...raised(before.exception, 'DUPLICATE', step.at), note };
    const next = changed<Receipt>(before, { exception, handled: true }, step);
    return { answer: undefined, write: () => store.replaceReceipt(next, before) };
  });
}
