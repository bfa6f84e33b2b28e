import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Step } from '../matches/step.ts';
import type { ReceivablesStore } from '../store.ts';
import { addSource } from './add-source.ts';
import { countingReceipt } from './find-receipt.ts';
import type { ReceiptSource } from './receipt.ts';
import { newReceipt, type ReceiptDraft } from './receipt-draft.ts';

type Store = Pick<ReceivablesStore, 'keepReceipt' | 'readReceipt' | 'replaceReceipt'>;

/** Money that somebody tells of, under the id that it has whoever tells of it. */
export interface ToldReceipt {
  readonly tenant: string;
  readonly id: string;
  readonly draft: ReceiptDraft;
  readonly source: ReceiptSource;
}

/** Keeps a receipt, or, where it is there, who told of it too. Told again, it changes nothing. */
export async function keepTold(store: Store, told: ToldReceipt, step: Omit<Step, 'date'>): Promise<void> {
  const { tenant, id, draft, source } = told;
  if (await store.keepReceipt(newReceipt(tenant, id, draft, source, step))) return;
  await noteSource(store, told, step);
}

/** Notes on a receipt that is there, or on the one that it was merged into, who told of it too. */
export async function noteSource(store: Store, told: ToldReceipt, step: Omit<Step, 'date'>): Promise<void> {
  const { tenant, id, draft, source } = told;
  await decideAndWrite(async () => {
    const before = await countingReceipt(store, tenant, id);
    const next = before && addSource(before, draft, source, step);
    return { answer: undefined, ...(next && { write: () => store.replaceReceipt(next, before) }) };
  });
}
