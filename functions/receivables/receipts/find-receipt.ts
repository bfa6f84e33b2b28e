import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { presentWhole } from './present-receipt.ts';
import type { Receipt } from './receipt.ts';

/** Problem: `receivables/receipt-not-found`. */
export async function findReceipt(
  store: Pick<ReceivablesStore, 'readReceipt'>,
  tenant: string,
  receiptId: string,
): Promise<Receipt> {
  const receipt = await store.readReceipt(tenant, receiptId);
  if (receipt) return receipt;
  throw problems['receipt-not-found'].with({ detail: `There is no receipt ${receiptId}.`, receiptId });
}

/** A receipt with all that happened to it, as the API shows it. Problem: `receivables/receipt-not-found`. */
export async function wholeReceipt(store: ReceivablesStore, tenant: string, receiptId: string) {
  const receipt = await findReceipt(store, tenant, receiptId);
  const [history, refused] = await Promise.all([store.readHistory(receipt), store.readRefused(tenant, [receiptId])]);
  return presentWhole(receipt, history, refused.get(receiptId));
}
