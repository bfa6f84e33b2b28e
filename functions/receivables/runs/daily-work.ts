import { describeError, writeLog } from '../../../shared/http/log.ts';
import { reviewAllShortPaid } from '../exceptions/review-short-paid.ts';
import type { ReceivablesStore } from '../store.ts';
import { startDaily } from './start-run.ts';

/**
 * Starts a run of every tenant with open receipts; once all are started, it looks again at who paid too little: settled once nothing
 * is open of it. A tenant that fails, or has much to be looked at, keeps no other from its run. Throws where some failed, after
 * all were tried.
 */
export async function doDailyWork(store: ReceivablesStore, now: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const work of [startDaily, reviewAllShortPaid]) {
    for (let tenant = await store.nextTenant(undefined); tenant; tenant = await store.nextTenant(tenant)) {
      try {
        await work(store, tenant, now);
      } catch (error) {
        failures.push(error);
        writeLog({ level: 'ERROR', message: 'daily work of a tenant not done', tenant, error: describeError(error) });
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The daily work of some tenants was not done.');
}
