import { deriveId } from '../../../shared/identifiers/id.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import type { DecidedReceipt } from './decided-receipt.ts';
import type { Match } from './match.ts';
import type { Step } from './step.ts';
import { missingOf, type ReceiptHistory } from './undo-match.ts';
import { undoOne } from './undo-matches.ts';

/**
 * The last match of a receipt that stands, undone for money that is gone, ready to be written. What it put on account and was
 * given back from there counts from now on as given back of what is unapplied: the customer had it never, and its invoices are
 * open again.
 */
export async function undoReturned(
  store: Pick<ReceivablesStore, 'readInvoices'>,
  receipt: Receipt,
  match: Match,
  history: ReceiptHistory,
  reason: string,
  step: Step,
): Promise<DecidedReceipt> {
  const missing = missingOf(match, history);
  if (missing === 0n) return await undoOne(store, receipt, match, history, reason, step);
  const refund = takenBack(receipt, match, missing, reason, step);
  const returned = { ...receipt, onAccount: receipt.onAccount + missing };
  const refunds = [...history.refunds, refund];
  const undone = await undoOne(store, returned, match, { ...history, refunds }, reason, step);
  return { ...undone, receipt: { next: undone.receipt.next, before: receipt }, refund };
}

/** No money moves: where it was taken from changes. */
function takenBack(receipt: Receipt, match: Match, missing: bigint, reason: string, step: Step): Refund {
  const { tenant, id: receiptId, legalEntity, currency, cashAccountId } = receipt;
  const id = deriveId('rfd', tenant, receiptId, 'UNDONE', match.id);
  const of = {
    tenant,
    id,
    receiptId,
    customerId: match.customerId,
    legalEntity,
    currency,
    ...defined({ cashAccountId }),
  };
  const { at, date, cause } = step;
  return { ...of, amount: 0n, fromOnAccount: -missing, reason, date, at, cause };
}
