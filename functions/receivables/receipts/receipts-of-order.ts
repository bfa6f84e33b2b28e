import type { ReceivablesStore } from '../store.ts';
import type { Receipt } from './receipt.ts';
import { receiptIdOfOrder } from './receipt-draft.ts';

/** Times that one order to a bank brings money, at most. */
export const receiptsPerOrderMax = 100;

/**
 * The receipts of what an order to a bank brought, in the order in which it was told of; only as many of them as come to an
 * amount together, in minor units.
 */
export async function receiptsOfOrder(
  store: Pick<ReceivablesStore, 'readReceipt'>,
  tenant: string,
  orderId: string,
  amount: bigint,
): Promise<Receipt[]> {
  const found: Receipt[] = [];
  let left = amount;
  while (left > 0n && found.length < receiptsPerOrderMax) {
    const receipt = await store.readReceipt(tenant, receiptIdOfOrder(tenant, orderId, found.length + 1));
    if (!receipt) break;
    found.push(receipt);
    left -= receipt.amount;
  }
  return found;
}
