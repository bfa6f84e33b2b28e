import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { findCentre } from '../centres/keep-centre.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type BankPayment, isOnItsWay, lastAttempt, nextOf, owedAgain } from './bank-payment.ts';
import { newAttempt } from './plan-bank-payments.ts';

/** Which payment it is, and of which cycle. */
export interface BankPaymentName {
  readonly tenant: string;
  readonly cycleId: string;
  readonly bankPaymentId: string;
}

/** Problem: `netting/bank-payment-not-found`. */
export async function findBankPayment(
  store: Pick<NettingStore, 'readBankPayment'>,
  { tenant, cycleId, bankPaymentId }: BankPaymentName,
): Promise<BankPayment> {
  const payment = await store.readBankPayment(tenant, bankPaymentId);
  if (payment?.cycleId === cycleId) return payment;
  const detail = `The cycle ${cycleId} has no bank payment ${bankPaymentId}.`;
  throw problems['bank-payment-not-found'].with({ detail, bankPaymentId });
}

/**
 * Has what failed or came back paid again, under a number of its own, to the account at a bank that the participant has now; in the
 * background. The same key does it once. Problems: `netting/bank-payment-not-found`, `netting/nothing-to-retry`,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function retryBankPayment(
  store: NettingStore,
  which: BankPaymentName,
  claim: KeyClaim,
  now: Date,
): Promise<BankPayment> {
  return decideAndWrite(async () => {
    const before = await findBankPayment(store, which);
    if (await requireSameRequest(store, which.tenant, claim)) return { answer: before };
    const amount = owedAgain(before);
    const { state } = lastAttempt(before);
    if (amount <= 0n || isOnItsWay(state))
      throw nothingToRetry(before, `It is ${state}, and nothing of it is owed again.`);
    const centre = await findCentre(store, before);
    const { id, participant, currency, attempts } = before;
    const found = (await readParticipantsOf(store, centre, [participant])).get(participant);
    const today = businessDateOf(now, centre.schedule.zone);
    const attempt = newAttempt(id, attempts.length + 1, amount, currency, found, today);
    if (attempt.reason !== undefined) throw nothingToRetry(before, `${participant}: ${attempt.reason}`);
    const retried = nextOf(before, [...attempts, attempt], now);
    const next = { ...retried, turn: before.turn + 1, cause: claim.cause };
    return { answer: next, write: () => store.replaceBankPayment(next, { ...claim, id }) };
  });
}

function nothingToRetry(payment: BankPayment, detail: string) {
  const { id: bankPaymentId } = payment;
  return problems['nothing-to-retry'].with({ detail, bankPaymentId, state: lastAttempt(payment).state });
}
