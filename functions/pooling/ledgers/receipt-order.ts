import type { TransferOrder } from '../../ledger/published.ts';
import type { Allotment } from './allot-receipt.ts';
import type { LedgerPool } from './require-ledger-pool.ts';

export interface ReceiptOrder extends Allotment {
  /** Who the money comes from: the bank's side. */
  readonly debitAccountId: string;
  readonly order: Pick<TransferOrder, 'name' | 'fingerprint' | 'cause'> &
    Partial<Pick<TransferOrder, 'valueDate' | 'description' | 'references'>>;
}

/**
 * A receipt as one transfer: the money comes into the real account, and the control account, its mirror inside the book,
 * hands the same sum to the ledgers. All of it is booked or nothing, so that the ledgers add up to the real account.
 */
export function receiptOrder(
  pool: LedgerPool,
  { debitAccountId, portions, assignment, order }: ReceiptOrder,
): TransferOrder {
  const { currency, headerAccountId, book } = pool;
  const amount = portions.reduce((sum, portion) => sum + portion.amount, 0n);
  const inside = portions.map((portion) => ({
    debitAccountId: book.controlAccountId,
    creditAccountId: portion.accountId,
    amount: portion.amount,
    currency,
  }));
  return {
    description: '收款 Receipt',
    ...order,
    references: { ...order.references, assignment },
    legs: [{ debitAccountId, creditAccountId: headerAccountId, amount, currency }, ...inside],
  };
}
