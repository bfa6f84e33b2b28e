import { resumeInterestRun } from './interest-runs/carry-out-interest.ts';
import { poolFromPlain } from './items.ts';
import { resumeOpening } from './ledgers/finish-opening.ts';
import { nettedLoanFromPlain } from './loans/due-loan-items.ts';
import { bookNetted } from './loans/take-netted.ts';
import { carryOutPayment } from './payments/carry-out-payment.ts';
import { paymentFromPlain } from './payments/payment-items.ts';
import { carryOutRun } from './runs/carry-out-run.ts';
import { runFromPlain } from './runs/run-items.ts';
import type { OpenWork } from './store-runs.ts';
import type { PoolingTools } from './tools.ts';

/** Takes work that was begun to its end, from wherever the table says that it stands. */
export async function carryOn(tools: PoolingTools, work: OpenWork, now: Date): Promise<void> {
  const { store } = tools;
  const { tenant, kind, item } = work;
  if (kind === 'POOL') await resumeOpening(tools, tenant, poolFromPlain(item).id, now);
  if (kind === 'NETTED_LOAN') await bookNetted(tools, nettedLoanFromPlain(item), now);
  if (kind === 'INTEREST_RUN') await resumeInterestRun(tools, work, now);
  if (kind === 'RUN') {
    const run = await store.readRun(tenant, runFromPlain(item).id);
    if (run) await carryOutRun(tools, run, now);
  }
  if (kind === 'PAYMENT') {
    const payment = await store.readPayment(tenant, paymentFromPlain(item).id);
    const pool = payment && (await store.readPool(tenant, payment.poolId));
    if (pool && payment.status === 'PLANNED') await carryOutPayment(tools, pool, payment, now);
  }
}
