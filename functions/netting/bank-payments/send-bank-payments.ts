import { answeredBy, type PaymentAsked, sendOrTell } from '../../collection/published.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { BankTools } from '../tools.ts';
import { type BankAttempt, type BankPayment, isOnItsWay, lastAttempt } from './bank-payment.ts';
import { type AttemptChange, changeBankPayment } from './change-bank-payment.ts';

/**
 * Hands all payments of a settled cycle to the bank that are on their way there, block by block. Handed over again, it is the same
 * message, and the bank does each once. Nothing before the cycle is SETTLED. Throws what sendPayments throws.
 */
export async function sendOfCycle(tools: BankTools, tenant: string, cycleId: string, now: Date): Promise<void> {
  const cycle = await tools.store.readCycle(tenant, cycleId);
  for (let block = 0; cycle?.bankPayments && block < cycle.bankPayments.blocks; block++) {
    await sendBlock(tools, cycle, block, now);
  }
}

/** Hands over one payment as it stands now: with its block at first, by itself when it is tried again. */
export async function sendPayment(tools: BankTools, payment: BankPayment, now: Date): Promise<void> {
  const attempt = lastAttempt(payment);
  if (payment.attempts.length > 1) return sendMessage(tools, attempt.id, [{ payment, attempt }], now);
  const cycle = await tools.store.readCycle(payment.tenant, payment.cycleId);
  if (cycle?.bankPayments) await sendBlock(tools, cycle, payment.block, now);
}

/** The first attempts of a block, which never change, are one message. */
async function sendBlock(tools: BankTools, cycle: Cycle, block: number, now: Date): Promise<void> {
  const { tenant, id, bankPayments, result } = cycle;
  if (cycle.state !== 'SETTLED' || !bankPayments) return;
  const ids = (await tools.store.readList(tenant, id, bankPayments, block, block + 1)) as string[];
  const payments = await tools.store.readBankPayments(tenant, ids);
  const first = payments.flatMap((payment) => {
    const [attempt] = payment.attempts;
    return attempt?.to ? [{ payment, attempt }] : [];
  });
  await sendMessage(tools, `${id}/${result?.attempt}/${block}`, first, now);
}

interface Sent {
  readonly payment: BankPayment;
  readonly attempt: BankAttempt;
}

async function sendMessage(tools: BankTools, messageId: string, sent: readonly Sent[], now: Date): Promise<void> {
  const [first] = sent;
  if (!first || !sent.some(({ attempt }) => isToBeSent(attempt))) return;
  const { tenant } = first.payment;
  const outcomes = await sendOrTell(tools.bank.sendPayments, tenant, { id: messageId, orders: sent.map(askedOf) }, now);
  for (const [place, { payment, attempt }] of sent.entries()) {
    const told = outcomes[place];
    if (!told) throw new Error(`The bank channel gave no answer on ${attempt.id}.`);
    if (!isToBeSent(attempt)) continue;
    // What the bank told meanwhile counts: a report may be faster than the answer.
    const change = (it: BankAttempt) => (isToBeSent(it) ? newsOf(it, answeredBy(it.state, told)) : undefined);
    await changeBankPayment(tools.store, payment, attempt.id, change, now);
  }
}

function isToBeSent({ state }: BankAttempt): boolean {
  return isOnItsWay(state) && state !== 'SENT';
}

function askedOf({ payment, attempt }: Sent): PaymentAsked {
  const { currency, centreId, cycleId, participant } = payment;
  const { id, amount, to, askedOn } = attempt;
  if (!to) throw new Error(`The payment ${id} goes to no bank.`);
  return {
    ...{ id, amount, currency, businessDate: askedOn },
    payee: { name: to.name, number: to.account.number, bank: to.account.bank },
    remittance: `轧差结算 ${cycleId.slice(-10)}`,
    references: { centreId, cycleId, participant },
  };
}

/** Where all is as it was, nothing is written: a block that cannot go is asked for again and again. */
function newsOf(it: BankAttempt, change: AttemptChange): AttemptChange | undefined {
  const { state, carriedOn, reason } = { carriedOn: it.carriedOn, ...change };
  return state === it.state && carriedOn === it.carriedOn && reason === it.reason ? undefined : change;
}
