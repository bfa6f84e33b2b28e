import { now } from '../../shared/time/clock.ts';
import { settleAllReturned } from './returned/settle-returned.ts';
import { receivablesTools } from './tools.ts';

/** Goes on with what banks took back, of every tenant: what broke off, and what nothing but a bank's reference leads to. */
export async function handler(): Promise<void> {
  const tools = receivablesTools();
  const failures: unknown[] = [];
  for (let tenant = await tools.store.nextTenant(undefined); tenant; tenant = await tools.store.nextTenant(tenant)) {
    await settleAllReturned(tools, tenant, now()).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what banks took back is not done.');
}
