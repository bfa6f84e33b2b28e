import { deriveId } from '../../shared/identifiers/id.ts';
import type { EndPending } from './commands.ts';
import type { LedgerStore } from './store.ts';
import { submit } from './submit.ts';
import type { Cause } from './transfer.ts';

const holdsPerReadMax = 100;
const readsMax = 100;
const expiryCause: Cause = { client: 'yudao', role: 'system', requestId: 'expiry' };

/** Releases every hold whose time is up, each by a transfer of its own. Returns how many holds it ended. */
export async function expirePendings(store: LedgerStore, now: Date): Promise<number> {
  const ended = new Set<string>();
  for (let read = 0; read < readsMax; read++) {
    const found = await store.readExpired(now, holdsPerReadMax);
    // The index may still show what this call has ended.
    const due = found.filter(({ tenant, id }) => !ended.has(`${tenant} ${id}`));
    if (due.length === 0) break;
    for (const tenant of new Set(due.map((hold) => hold.tenant))) {
      const commands = due.filter((hold) => hold.tenant === tenant).map(({ id }) => expiryOf(tenant, id));
      await submit(store, tenant, commands, now);
    }
    for (const { tenant, id } of due) ended.add(`${tenant} ${id}`);
  }
  return ended.size;
}

/** The expiry of a hold has one id, derived from it: two jobs at once make one. */
function expiryOf(tenant: string, pendingId: string): EndPending {
  const id = deriveId('tr', tenant, 'expiry', pendingId);
  return { command: 'EXPIRE', id, fingerprint: 'expiry', cause: expiryCause, pendingId };
}
