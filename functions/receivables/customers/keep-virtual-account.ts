import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import type { StoredVirtualAccount } from './virtual-account.ts';

/** Problem: `receivables/virtual-account-not-found`. */
export async function findVirtualAccount(
  store: Pick<ReceivablesStore, 'readVirtualAccount'>,
  tenant: string,
  virtualAccountId: string,
): Promise<StoredVirtualAccount> {
  const account = await store.readVirtualAccount(tenant, virtualAccountId);
  if (account) return account;
  const detail = `There is no virtual account ${virtualAccountId}.`;
  throw problems['virtual-account-not-found'].with({ detail, virtualAccountId });
}

export type NewVirtualAccount = Omit<StoredVirtualAccount, 'state' | 'createdAt' | 'changedAt' | 'revision' | 'cause'>;

/**
 * Gives out a number to pay to, once for ever; the same key gives it once. Problems: `receivables/customer-not-found`,
 * `receivables/virtual-account-number-taken`, `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createVirtualAccount(
  store: ReceivablesStore,
  content: NewVirtualAccount,
  claim: KeyClaim,
): Promise<StoredVirtualAccount> {
  const { tenant, id, number, customerId } = content;
  return decideAndWrite(async () => {
    const before = await store.readVirtualAccount(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    const noted = await requireSameRequest(store, tenant, claim);
    if (before) {
      if (noted) return { answer: before };
      const detail = `The virtual account ${id} has, or had, the number ${number}.`;
      throw problems['virtual-account-number-taken']
        .with({ detail, virtualAccountId: id })
        .at({ pointer: '/number', detail });
    }
    if (!(await store.readCustomer(tenant, customerId))) {
      const detail = `There is no customer ${customerId}.`;
      throw problems['customer-not-found'].with({ detail, customerId }).at({ pointer: '/customerId', detail });
    }
    const { at, cause } = claim;
    const account: StoredVirtualAccount = {
      ...content,
      state: 'ACTIVE',
      createdAt: at,
      changedAt: at,
      revision: 1,
      cause,
    };
    return { answer: account, write: () => store.createVirtualAccount(account, claim) };
  });
}

/**
 * Closes a virtual account: money that comes on it afterwards tells no more who paid. Asked twice, it changes nothing the
 * second time. Problems: `receivables/virtual-account-not-found`; and those of decideAndWrite.
 */
export async function closeVirtualAccount(
  store: ReceivablesStore,
  { tenant, virtualAccountId }: { readonly tenant: string; readonly virtualAccountId: string },
  on: { readonly at: string; readonly cause: Cause },
): Promise<StoredVirtualAccount> {
  return decideAndWrite(async () => {
    const before = await findVirtualAccount(store, tenant, virtualAccountId);
    if (before.state === 'CLOSED') return { answer: before };
    const { at: changedAt, cause } = on;
    const next: StoredVirtualAccount = {
      ...before,
      state: 'CLOSED',
      revision: before.revision + 1,
      changedAt,
      cause,
    };
    return { answer: next, write: () => store.replaceVirtualAccount(next, before) };
  });
}
