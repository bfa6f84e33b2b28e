import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { type BankPayment, isOnItsWay, lastAttempt, nextOf } from './bank-payment.ts';

type Store = Pick<NettingStore, 'readBankPayment' | 'replaceBankPayment' | 'listOpenBankPayments'>;

const paymentsPerPage = 100;

/**
 * Hands on the payments of all tenants that are due to be looked at: who sends them is told. Of those that go to the bank in one message
 * one is enough, and the others are put off. One that fails keeps no other from its turn; answers what failed.
 */
export function handOnOpenPayments(store: Store, now: Date): Promise<unknown[]> {
  const messages = new Set<string>();
  return eachDue({
    readPage: async (after) => {
      const { payments, next } = await store.listOpenBankPayments(now.toISOString(), after, paymentsPerPage);
      return { due: payments, ...defined({ next }) };
    },
    seeTo: (payment) => handOn(store, payment, messages, now),
    failed: 'bank payment not handed on',
    nameOf: ({ tenant, id }) => ({ tenant, id }),
  });
}

/** The index may lag, so the payment itself says whether it is due; it is looked at again later, where nothing comes of it. */
async function handOn(store: Store, { tenant, id }: BankPayment, messages: Set<string>, now: Date): Promise<void> {
  const message = await decideAndWrite<string | undefined>(async () => {
    const before = await store.readBankPayment(tenant, id);
    if (!before || before.askAt === undefined || before.askAt > now.toISOString()) return { answer: undefined };
    const answer = messageOf(before);
    const isTaken = answer !== undefined && messages.has(answer);
    const next = { ...nextOf(before, before.attempts, now), turn: before.turn + (isTaken ? 0 : 1) };
    return { answer, write: () => store.replaceBankPayment(next) };
  });
  if (message !== undefined) messages.add(message);
}

/** The message that a payment waits to go with; nothing where it is looked at by itself. */
function messageOf(payment: BankPayment): string | undefined {
  const { tenant, cycleId, block, attempts } = payment;
  const { state, isUnbooked } = lastAttempt(payment);
  if (attempts.length > 1 || state === 'SENT' || !isOnItsWay(state) || isUnbooked) return undefined;
  return `${tenant} ${cycleId} ${block}`;
}
