import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import { type Receipt, type Refund, unappliedOf } from '../receipts/receipt.ts';
import { exceptionAfter } from './exception-after.ts';
import { changed, type Step } from './step.ts';

/** What is to go back. Minor units. */
export interface RefundRequest {
  readonly id: string;
  readonly amount: bigint;
  /** Of it, from what the customer has on account; the rest is unapplied. */
  readonly fromOnAccount: bigint;
  /** What took it back where a bank did: the order by which the money had come, or the returned credit. */
  readonly returnOf?: string;
  readonly reason: string;
}

/**
 * Gives money of a receipt back to its payer. Problems: `receivables/receipt-exceeded`, `receivables/on-account-exceeded`;
 * what pays invoices is to be unmatched first.
 */
export function refundReceipt(
  receipt: Receipt,
  { id, amount, fromOnAccount, returnOf, reason }: RefundRequest,
  step: Step,
): { readonly receipt: Receipt; readonly refund: Refund } {
  if (amount <= 0n || fromOnAccount < 0n || fromOnAccount > amount) {
    throw new RangeError('A refund is above zero, and what of it comes from on account is a part of it.');
  }
  requireMoney(receipt, amount - fromOnAccount, fromOnAccount);
  const { exception: _, ...refunded } = changed(
    receipt,
    { refunded: receipt.refunded + amount, onAccount: receipt.onAccount - fromOnAccount },
    step,
  );
  const exception = exceptionAfter({ ...refunded, ...defined({ exception: receipt.exception }) }, undefined, step.at);
  const { tenant, id: receiptId, customerId, legalEntity, currency, cashAccountId } = receipt;
  const { at, date, cause } = step;
  const of = { tenant, id, receiptId, legalEntity, currency, ...defined({ customerId, cashAccountId, returnOf }) };
  return {
    receipt: { ...refunded, ...defined({ exception }), suggestions: exception ? receipt.suggestions : [] },
    refund: { ...of, amount, fromOnAccount, reason, date, at, cause },
  };
}

function requireMoney(receipt: Receipt, unapplied: bigint, fromOnAccount: bigint): void {
  const { id, currency, onAccount } = receipt;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const available = unappliedOf(receipt);
  if (unapplied > available) {
    const detail = `Of the receipt ${id} ${show(available).amount} ${currency} is not used; ${show(unapplied).amount} is to go back.`;
    const facts = { available: show(available), required: show(unapplied) };
    throw problems['receipt-exceeded'].with({ detail, ...facts }).at({ pointer: '/amount/amount', detail });
  }
  if (fromOnAccount <= onAccount) return;
  const detail = `Of the receipt ${id} ${show(onAccount).amount} ${currency} is on account; ${show(fromOnAccount).amount} is to go back.`;
  const facts = { available: show(onAccount), required: show(fromOnAccount) };
  throw problems['on-account-exceeded'].with({ detail, ...facts }).at({ pointer: '/amount/amount', detail });
}
