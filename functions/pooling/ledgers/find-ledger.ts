import type { Problem } from '../../../shared/problems/problem.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';
import type { VirtualAccount } from './pool-ledger.ts';
import type { LedgerPool } from './require-ledger-pool.ts';

/** Any account of a pool, its header included. Problem: `pooling/not-a-member`. */
export async function requireAccountOfPool({ store }: PoolingTools, pool: Pool, accountId: string): Promise<void> {
  const owner = (await store.readMemberships(pool.tenant, [accountId])).get(accountId);
  if (owner !== pool.id && accountId !== pool.headerAccountId) {
    throw notAMember(pool, accountId).at({ parameter: 'accountId', detail: 'It is no account of this pool.' });
  }
}

/** An internal ledger of the pool, the main one included. Problem: `pooling/not-a-member`. */
export async function requireLedger(tools: PoolingTools, pool: LedgerPool, accountId: string): Promise<void> {
  if (accountId === pool.rootAccountId) return;
  if (!(await tools.store.readLedger(pool.tenant, pool.id, accountId))) {
    throw notAMember(pool, accountId).at({ pointer: '/accountId', detail: 'It is no internal ledger of this pool.' });
  }
}

function notAMember(pool: Pool, accountId: string): Problem {
  const detail = `The account ${accountId} is no member of the pool ${pool.id}.`;
  return problems['not-a-member'].with({ detail, accountId });
}

/** The ledger of the pool that a virtual account number leads to. Problem: `pooling/virtual-account-unknown`. */
export async function requireByNumber(tools: PoolingTools, pool: LedgerPool, number: string): Promise<VirtualAccount> {
  const hash = tools.hashNumber(number);
  const found = (await tools.store.readVirtualAccounts(pool.tenant, [hash])).get(hash);
  if (found?.poolId === pool.id) return found;
  const detail = `No ledger of the pool ${pool.id} has this number.`;
  throw problems['virtual-account-unknown'].with({ detail }).at({ pointer: '/virtualAccount', detail });
}
