import { nettingCause } from '../acting.ts';
import { problemOf } from '../ledger-answers.ts';
import type { BankTools } from '../tools.ts';
import type { BankAttempt, BankPayment } from './bank-payment.ts';
import { changeBankPayment } from './change-bank-payment.ts';

/**
 * It arrived: the centre does not owe it any more. Once; answers whether it is booked. What the ledger refuses is noted with the payment,
 * and asked again by the job. Throws NotAnsweredError where the ledger does not say yet.
 */
export async function bookPaid(tools: BankTools, payment: BankPayment, attempt: BankAttempt, now: Date) {
  const { positionAccountId: debitAccountId, bankAccountId: creditAccountId } = payment;
  const { amount } = attempt;
  return post(tools, payment, attempt, 'paid', { debitAccountId, creditAccountId, amount }, now);
}

/** It came back: the centre owes that again. Each part once, as what arrived. */
export async function bookReturned(tools: BankTools, payment: BankPayment, attempt: BankAttempt, now: Date) {
  const { positionAccountId: creditAccountId, bankAccountId: debitAccountId } = payment;
  let isBooked = true;
  for (const [place, { amount }] of (attempt.returns ?? []).entries()) {
    const move = { debitAccountId, creditAccountId, amount };
    isBooked = (await post(tools, payment, attempt, `returned ${place}`, move, now)) && isBooked;
  }
  return isBooked;
}

/** Asks the ledger again to book what it refused of an attempt; once it has, nobody looks at that any more. */
export async function bookRefused(tools: BankTools, payment: BankPayment, attempt: BankAttempt, now: Date) {
  const isPaidBooked = await bookPaid(tools, payment, attempt, now);
  const isBooked = (await bookReturned(tools, payment, attempt, now)) && isPaidBooked;
  if (!isBooked) return;
  // Unless more was refused meanwhile.
  const done = (it: BankAttempt) =>
    it.refused?.length === attempt.refused?.length ? { isUnbooked: false } : undefined;
  await changeBankPayment(tools.store, payment, attempt.id, done, now);
}

async function post(
  { ledger, store }: BankTools,
  payment: BankPayment,
  attempt: BankAttempt,
  what: string,
  move: { readonly debitAccountId: string; readonly creditAccountId: string; readonly amount: bigint },
  now: Date,
): Promise<boolean> {
  const { tenant, centreId, cycleId, currency } = payment;
  const spent = refusalsOf(attempt, what);
  const order = {
    name: ['netting', 'bank-payment', attempt.id, ...what.split(' '), ...(spent === 0 ? [] : [String(spent + 1)])],
    fingerprint: Object.values(move).join(' '),
    legs: [{ ...move, currency }],
    ...{ references: { centreId, cycleId }, cause: nettingCause(cycleId) },
  };
  const [result] = await ledger.postTransfers(tenant, [order], now);
  const problem = problemOf(result);
  if (!problem) return true;
  const reason = `The ledger refuses (${problem.code}): ${problem.fields.detail}`;
  // Only who was refused under the name that counts now spends it: under another it may have been booked since.
  const refused = (it: BankAttempt) =>
    refusalsOf(it, what) === spent ? { refused: [...(it.refused ?? []), what], isUnbooked: true, reason } : undefined;
  await changeBankPayment(store, payment, attempt.id, refused, now);
  return false;
}

function refusalsOf({ refused = [] }: BankAttempt, what: string): number {
  return refused.filter((one) => one === what).length;
}
