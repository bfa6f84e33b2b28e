import { deriveId } from '../../shared/identifiers/id.ts';
import type { EndPending } from './commands.ts';
import type { LedgerStore } from './store.ts';
import { submit } from './submit.ts';
import type { Cause } from './transfer.ts';

const holdsPerReadMax = 100;
const readsMax = 100;
const expiryCause: Cause = { client: 'yudao', role: 'system', requestId: 'expiry' };

/**
 * Releases every hold whose time is up, each by a transfer of its own. Returns how many holds it ended. A tenant whose
 * holds cannot be ended keeps no other from its turn; what failed is thrown at the end.
 */
export async function expirePendings(store: LedgerStore, now: Date): Promise<number> {
  const seen = new Set<string>();
  const failures: unknown[] = [];
  let ended = 0;
  for (let read = 0; read < readsMax; read++) {
    const found = await store.readExpired(now, holdsPerReadMax);
    // The index lags behind: it may still show what this call has seen to.
    const due = found.filter(({ tenant, id }) => !seen.has(`${tenant} ${id}`));
    if (due.length === 0) break;
    for (const tenant of new Set(due.map((hold) => hold.tenant))) {
      const ids = due.filter((hold) => hold.tenant === tenant).map(({ id }) => id);
      ended += await expire(store, tenant, ids, now).catch((error) => {
        failures.push(error);
        return 0;
      });
    }
    for (const { tenant, id } of due) seen.add(`${tenant} ${id}`);
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some holds were not released.');
  return ended;
}

/** Only what is still pending in the table itself: a hold that was just posted is not told that it expired. */
async function expire(store: LedgerStore, tenant: string, ids: readonly string[], now: Date): Promise<number> {
  const records = await store.readRecords(tenant, ids);
  const pending = ids.filter((id) => {
    const record = records.get(id);
    return record?.outcome === 'TRANSFER' && record.transfer.status === 'PENDING';
  });
  const outcomes = await submit(
    store,
    tenant,
    pending.map((id) => expiryOf(tenant, id)),
    now,
  );
  return outcomes.filter(({ outcome }) => outcome === 'TRANSFER').length;
}

/** The expiry of a hold has one id, derived from it: two jobs at once make one. */
function expiryOf(tenant: string, pendingId: string): EndPending {
  const id = deriveId('tr', tenant, 'expiry', pendingId);
  return { command: 'EXPIRE', id, fingerprint: 'expiry', cause: expiryCause, pendingId };
}
