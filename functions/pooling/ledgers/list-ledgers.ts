import type { LedgerAccount } from '../../ledger/published.ts';
import type { Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import type { PoolLedger } from './pool-ledger.ts';
import { requireLedgerPool } from './require-ledger-pool.ts';

export interface LedgerFigures {
  readonly ledger: PoolLedger;
  readonly account: LedgerAccount;
}

export interface LedgerPage {
  readonly main: LedgerAccount;
  readonly ledgers: readonly LedgerFigures[];
  /** The last account id shown, where there are more. */
  readonly next?: string;
}

/** A page of a LEDGER pool's internal ledgers with their balances. Problem: `pooling/kind-not-fitting`. */
export async function listLedgers(tools: PoolingTools, pool: Pool, after: string, limit: number): Promise<LedgerPage> {
  const { tenant, id, rootAccountId } = requireLedgerPool(pool);
  const { ledgers, more } = await tools.store.listLedgers(tenant, id, after, limit);
  const ids = ledgers.map(({ accountId }) => accountId);
  const accounts = await tools.ledger.readAccounts(tenant, [rootAccountId, ...ids]);
  const last = ids.at(-1);
  return {
    main: accountOf(accounts, rootAccountId),
    ledgers: ledgers.map((ledger) => ({ ledger, account: accountOf(accounts, ledger.accountId) })),
    ...(more && last !== undefined && { next: last }),
  };
}

/** A ledger with its balance. */
export async function readFigures(tools: PoolingTools, ledger: PoolLedger): Promise<LedgerFigures> {
  const { tenant, accountId } = ledger;
  return { ledger, account: accountOf(await tools.ledger.readAccounts(tenant, [accountId]), accountId) };
}

function accountOf(accounts: ReadonlyMap<string, LedgerAccount>, accountId: string): LedgerAccount {
  const account = accounts.get(accountId);
  if (!account) throw new Error(`The account ${accountId} of a pool is not in the ledger.`);
  return account;
}
