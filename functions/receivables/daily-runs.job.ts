import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { reviewAllShortPaid } from './exceptions/review-short-paid.ts';
import { startDaily } from './runs/start-run.ts';
import { defaultStore } from './store.ts';

/**
 * Starts a run of every tenant with open receipts, and looks again at who paid too little: settled once nothing is open of it.
 * A tenant that fails keeps no other from its turn.
 */
export async function handler(): Promise<void> {
  const store = defaultStore();
  const instant = now();
  const failures: unknown[] = [];
  for (let tenant = await store.nextTenant(undefined); tenant; tenant = await store.nextTenant(tenant)) {
    try {
      await startDaily(store, tenant, instant);
      await reviewAllShortPaid(store, tenant, instant);
    } catch (error) {
      failures.push(error);
      writeLog({ level: 'ERROR', message: 'daily work of a tenant not done', tenant, error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The daily work of some tenants was not done.');
}
