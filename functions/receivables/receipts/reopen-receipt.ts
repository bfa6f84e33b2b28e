import { defined } from '../../../shared/objects/defined.ts';
import { exceptionAfter, raised } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { dismissedOf, type Receipt } from './receipt.ts';

/**
 * Takes back that a receipt, or parts of it, never was one: all of it counts again, is booked once more, and waits for somebody, as
 * before where a report says that it is none. It is not matched by itself. Problem: `receivables/receipt-not-dismissed`.
 */
export function reopenReceipt(receipt: Receipt, reason: string, step: Step): Receipt {
  const { dismissals = [], noReceipt } = receipt;
  if (dismissedOf(receipt) === 0n) {
    const detail = `Nothing of the receipt ${receipt.id} is dismissed.`;
    throw problems['receipt-not-dismissed'].with({ detail, receiptId: receipt.id });
  }
  const { date, at } = step;
  const undone = { reason, date, at };
  const reopened = dismissals.map((one) => (one.undone ? one : { ...one, undone }));
  const { exception, ...rest } = changed<Receipt>(receipt, { dismissals: reopened, handled: true }, step);
  if (noReceipt) return { ...rest, exception: { ...raised(exception, 'DUPLICATE', at), note: noReceipt.why } };
  const waits = exceptionAfter({ ...rest, ...defined({ exception }) }, undefined, at);
  return { ...rest, ...defined({ exception: waits }) };
}
