import { NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import { nettingCause } from '../acting.ts';
import type { BankTools } from '../tools.ts';
import type { BankAttempt, BankPayment } from './bank-payment.ts';

/** It arrived: the centre does not owe it any more. Once. Throws NotAnsweredError where the ledger does not book it. */
export async function bookPaid(tools: BankTools, payment: BankPayment, { id, amount }: BankAttempt, now: Date) {
  const { positionAccountId: debitAccountId, bankAccountId: creditAccountId } = payment;
  await post(tools, payment, [id, 'paid'], { debitAccountId, creditAccountId, amount }, now);
}

/** It came back: the centre owes that again. Each part once. Throws NotAnsweredError where the ledger does not book it. */
export async function bookReturned(tools: BankTools, payment: BankPayment, attempt: BankAttempt, now: Date) {
  const { positionAccountId: creditAccountId, bankAccountId: debitAccountId } = payment;
  for (const [place, { amount }] of (attempt.returns ?? []).entries()) {
    const name = [attempt.id, 'returned', String(place)];
    await post(tools, payment, name, { debitAccountId, creditAccountId, amount }, now);
  }
}

async function post(
  { ledger }: BankTools,
  { tenant, centreId, cycleId, currency }: BankPayment,
  name: readonly string[],
  move: { readonly debitAccountId: string; readonly creditAccountId: string; readonly amount: bigint },
  now: Date,
): Promise<void> {
  const order = {
    name: ['netting', 'bank-payment', ...name],
    fingerprint: Object.values(move).join(' '),
    legs: [{ ...move, currency }],
    ...{ references: { centreId, cycleId }, cause: nettingCause(cycleId) },
  };
  const [result] = await ledger.postTransfers(tenant, [order], now);
  if (result?.outcome === 'POSTED') return;
  throw new NotAnsweredError(`The ledger did not book ${order.name.join(' ')}: ${result?.problem.code}.`);
}
