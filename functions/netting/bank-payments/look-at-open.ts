import { describeError, writeLog } from '../../../shared/http/log.ts';
import type { BankTools } from '../tools.ts';
import { type BankPayment, lastAttempt } from './bank-payment.ts';
import { changeBankPayment } from './change-bank-payment.ts';
import { sendPayment } from './send-bank-payments.ts';
import { takeReport } from './take-report.ts';

const paymentsPerPage = 100;

/**
 * Looks at the payments of all tenants that are on their way and due: what may not have reached the bank is handed over again, and of
 * what it has, the bank is asked. Answers what failed; the others stand.
 */
export async function lookAtOpenPayments(tools: BankTools, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { payments, next } = await tools.store.listOpenBankPayments(now.toISOString(), after, paymentsPerPage);
    for (const payment of payments) {
      try {
        await lookAt(tools, payment, now);
      } catch (error) {
        failures.push(error);
        const { tenant, id } = payment;
        writeLog({ level: 'ERROR', message: 'bank payment not looked at', tenant, id, error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}

/** The index may lag, so the payment itself says whether it is due; of a block that was handed over meanwhile, none is any more. */
async function lookAt(tools: BankTools, { tenant, id }: BankPayment, now: Date): Promise<void> {
  const payment = await tools.store.readBankPayment(tenant, id);
  if (!payment || payment.askAt === undefined || payment.askAt > now.toISOString()) return;
  const { id: attemptId, state } = lastAttempt(payment);
  // It is looked at again later; one that fails does not stand in the way of the others.
  await changeBankPayment(tools.store, payment, attemptId, (attempt) => attempt, now);
  if (state !== 'SENT') return sendPayment(tools, payment, now);
  for (const { orderId, ...report } of await tools.bank.queryPayments(tenant, [attemptId], now)) {
    await takeReport(tools, tenant, orderId, report, now);
  }
}
