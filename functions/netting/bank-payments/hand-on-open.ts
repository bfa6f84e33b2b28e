import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { type BankPayment, nextOf } from './bank-payment.ts';

type Store = Pick<NettingStore, 'readBankPayment' | 'replaceBankPayment' | 'listOpenBankPayments'>;

const paymentsPerPage = 100;

/**
 * Hands on the payments of all tenants that are on their way and due to be looked at: who sends them is told. One that fails keeps no
 * other from its turn; answers what failed.
 */
export function handOnOpenPayments(store: Store, now: Date): Promise<unknown[]> {
  return eachDue({
    readPage: async (after) => {
      const { payments, next } = await store.listOpenBankPayments(now.toISOString(), after, paymentsPerPage);
      return { due: payments, ...defined({ next }) };
    },
    seeTo: (payment) => handOn(store, payment, now),
    failed: 'bank payment not handed on',
    nameOf: ({ tenant, id }) => ({ tenant, id }),
  });
}

/** The index may lag, so the payment itself says whether it is due; it is looked at again later, where nothing comes of it. */
async function handOn(store: Store, { tenant, id }: BankPayment, now: Date): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readBankPayment(tenant, id);
    if (!before || before.askAt === undefined || before.askAt > now.toISOString()) return { answer: undefined };
    const next = { ...nextOf(before, before.attempts, now), turn: before.turn + 1 };
    return { answer: undefined, write: () => store.replaceBankPayment(next) };
  });
}
