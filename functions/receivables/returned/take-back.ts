import { sum } from '../../../shared/money/sum.ts';
import { takeReturned } from '../receipts/take-returned.ts';
import type { ReceivablesTools } from '../tools.ts';
import type { ReturnedCredit } from './returned-credit.ts';

/** Takes back what a returned credit says of receipts, as far as it is not taken back yet. */
export async function takeBack(
  tools: Pick<ReceivablesTools, 'store'>,
  { tenant, id, parts, cause }: ReturnedCredit,
  now: Date,
): Promise<void> {
  for (const [receiptId, ofReceipt] of Map.groupBy(parts, (part) => part.receiptId)) {
    const amount = sum(ofReceipt.map((part) => part.amount));
    await takeReturned(tools, { tenant, receiptId, returnOf: id, amount }, cause, now);
  }
}
