import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { exceptionAfter } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { type Receipt, unappliedOf } from './receipt.ts';
import { isOfHand } from './same-money.ts';

/** Times that something of one receipt is dismissed, at most. */
const dismissalsMax = 20;

/** What is to be dismissed, in minor units; without an amount all that is not used. */
export interface DismissRequest {
  readonly amount?: bigint | undefined;
  readonly reason: string;
}

/**
 * Says that a receipt, or a part of it, never was one: what a report that knows more says is none, what somebody told by hand alone, or
 * what came from an account of the tenant's own. It counts for nothing from then on, and its booking is turned round. Problems:
 * `receivables/receipt-stands`, `receivables/receipt-exceeded`.
 */
export function dismissReceipt(receipt: Receipt, { amount, reason }: DismissRequest, step: Step): Receipt {
  const { dismissals = [] } = receipt;
  requireDoubtful(receipt, dismissals.length);
  const dismissed = requireUnused(receipt, amount);
  const { date, at } = step;
  const next = changed<Receipt>(
    receipt,
    { dismissals: [...dismissals, { amount: dismissed, reason, date, at }], handled: true },
    step,
  );
  const { exception: _, ...rest } = next;
  const left = exceptionAfter({ ...next, ...defined({ exception: answered(receipt) }) }, undefined, at);
  return { ...rest, ...defined({ exception: left }), suggestions: left ? receipt.suggestions : [] };
}

/** What somebody was told to look at is looked at; what a person noted stays. */
export function answered({ exception, noReceipt }: Pick<Receipt, 'exception' | 'noReceipt'>): Receipt['exception'] {
  if (!exception || exception.note !== noReceipt?.why) return exception;
  const { note: _, ...rest } = exception;
  return rest;
}

function requireDoubtful(receipt: Receipt, dismissed: number): void {
  if ((receipt.noReceipt || receipt.fromOwn || isOfHand(receipt)) && dismissed < dismissalsMax) return;
  const detail = `The receipt ${receipt.id} was told by a bank or a collection, and no report says that it is none.`;
  throw problems['receipt-stands'].with({ detail, receiptId: receipt.id });
}

function requireUnused(receipt: Receipt, asked: bigint | undefined): bigint {
  const available = unappliedOf(receipt);
  const amount = asked ?? available;
  if (amount > 0n && amount <= available) return amount;
  const show = (minor: bigint) => presentAmount(minor, receipt.currency);
  const detail = `Of the receipt ${receipt.id} ${show(available).amount} ${receipt.currency} is not used.`;
  const problem = problems['receipt-exceeded'].with({ detail, available: show(available) });
  throw asked === undefined ? problem : problem.at({ pointer: '/amount/amount', detail });
}
