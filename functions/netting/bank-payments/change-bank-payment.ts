import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { NettingStore } from '../store.ts';
import { type BankAttempt, type BankPayment, nextOf } from './bank-payment.ts';

export type AttemptChange = Partial<Omit<BankAttempt, 'id' | 'amount'>>;

/**
 * Changes an attempt of a payment as it then stands; nothing where `change` says so. Answers the payment as it is afterwards. Throws
 * those of decideAndWrite.
 */
export async function changeBankPayment(
  store: Pick<NettingStore, 'readBankPayment' | 'replaceBankPayment'>,
  { tenant, id }: Pick<BankPayment, 'tenant' | 'id'>,
  attemptId: string,
  change: (attempt: BankAttempt) => AttemptChange | undefined,
  now: Date,
): Promise<BankPayment> {
  return decideAndWrite(async () => {
    const before = await store.readBankPayment(tenant, id);
    const attempt = before?.attempts.find((one) => one.id === attemptId);
    if (!before || !attempt) throw new Error(`There is no bank payment ${attemptId}.`);
    const changes = change(attempt);
    if (!changes) return { answer: before };
    const { reason: _, ...rest } = attempt;
    const attempts = before.attempts.map((one) => (one === attempt ? { ...rest, ...changes } : one));
    const next = nextOf(before, attempts, now);
    return { answer: next, write: () => store.replaceBankPayment(next) };
  });
}
