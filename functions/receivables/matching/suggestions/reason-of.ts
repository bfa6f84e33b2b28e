import type { Case } from '../book/case.ts';
import type { ExceptionReason } from '../decision.ts';
import type { Run } from '../rules/proposal.ts';

/** Why a receipt that no rule has found anything for is work for somebody. */
export function reasonOf({ book }: Run, { receipt, payer, pool }: Case): ExceptionReason {
  const { customerId } = payer;
  if (customerId === undefined) return payer.among.length > 0 ? 'AMBIGUOUS' : 'UNKNOWN_PAYER';
  const account = pool.account(customerId);
  if (account.isRepeated(receipt)) return 'DUPLICATE';
  if (account.open.length === 0) {
    const isElsewhere = book.itemsOf(customerId).some((item) => item.left > 0n && item.pool !== pool);
    return isElsewhere ? 'CURRENCY' : 'OVERPAID';
  }
  if (receipt.amount > account.openTotal) return 'OVERPAID';
  const [only, second] = account.open;
  if (second) return 'AMBIGUOUS';
  return only?.invoice.disputed ? 'DISPUTED' : 'SHORT_PAID';
}
