import type { Case } from '../book/case.ts';
import { poolOf } from '../book/item.ts';
import type { ExceptionReason } from '../decision.ts';
import type { Run } from '../rules/proposal.ts';

/** Why a receipt that no rule has found anything for is work for somebody. */
export function reasonOf({ book }: Run, { receipt, payer }: Case): ExceptionReason {
  const { customerId } = payer;
  if (customerId === undefined) return payer.among.length > 0 ? 'AMBIGUOUS' : 'UNKNOWN_PAYER';
  const account = book.account(receipt, customerId);
  if (book.isRepeated(receipt, customerId)) return 'DUPLICATE';
  if (account.openCount === 0) {
    const isElsewhere = book
      .itemsOf(customerId)
      .some(({ invoice, left }) => left > 0n && poolOf(invoice) !== poolOf(receipt));
    return isElsewhere ? 'CURRENCY' : 'OVERPAID';
  }
  if (receipt.amount > account.openTotal) return 'OVERPAID';
  return account.openCount === 1 ? 'SHORT_PAID' : 'AMBIGUOUS';
}
