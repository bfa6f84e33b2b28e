import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { presentWhole } from './present-receipt.ts';
import type { Receipt } from './receipt.ts';
import { sameMoneyAs } from './same-money.ts';

/** Problem: `receivables/receipt-not-found`, at the field that names it, where it is one. */
export async function findReceipt(
  store: Pick<ReceivablesStore, 'readReceipt'>,
  tenant: string,
  receiptId: string,
  pointer?: string,
): Promise<Receipt> {
  const receipt = await store.readReceipt(tenant, receiptId);
  if (receipt) return receipt;
  const detail = `There is no receipt ${receiptId}.`;
  const problem = problems['receipt-not-found'].with({ detail, receiptId });
  throw pointer === undefined ? problem : problem.at({ pointer, detail });
}

/**
 * The receipt that counts in the place of one: itself, unless it was merged; nothing where there is none. What is merged is never
 * merged into, so that this ends.
 */
export async function countingReceipt(
  store: Pick<ReceivablesStore, 'readReceipt'>,
  tenant: string,
  receiptId: string,
): Promise<Receipt | undefined> {
  let receipt = await store.readReceipt(tenant, receiptId);
  while (receipt?.merged) receipt = await store.readReceipt(tenant, receipt.merged.into);
  return receipt;
}

/** A receipt with all that happened to it, as the API shows it. Problem: `receivables/receipt-not-found`. */
export async function wholeReceipt(store: ReceivablesStore, tenant: string, receiptId: string) {
  const receipt = await findReceipt(store, tenant, receiptId);
  const [history, refused, mergeInto] = await Promise.all([
    store.readHistory(receipt),
    store.readRefused(tenant, [receiptId]),
    sameMoneyAs(store, receipt),
  ]);
  return { ...presentWhole(receipt, history, refused.get(receiptId)), mergeInto };
}
