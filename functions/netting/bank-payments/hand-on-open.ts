import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import type { NettingStore } from '../store.ts';
import { type BankPayment, nextOf } from './bank-payment.ts';

type Store = Pick<NettingStore, 'readBankPayment' | 'replaceBankPayment' | 'listOpenBankPayments'>;

const paymentsPerPage = 100;

/**
 * Hands on the payments of all tenants that are on their way and due to be looked at: who sends them is told. One that fails keeps no
 * other from its turn; answers what failed.
 */
export async function handOnOpenPayments(store: Store, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { payments, next } = await store.listOpenBankPayments(now.toISOString(), after, paymentsPerPage);
    for (const payment of payments) {
      try {
        await handOn(store, payment, now);
      } catch (error) {
        failures.push(error);
        const { tenant, id } = payment;
        writeLog({ level: 'ERROR', message: 'bank payment not handed on', tenant, id, error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
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
