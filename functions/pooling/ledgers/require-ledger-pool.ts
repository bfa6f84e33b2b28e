import { requireOpen } from '../members/require-members.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';

/** A pool of internal ledgers over one real account. */
export type LedgerPool = Pool & Required<Pick<Pool, 'book'>>;

export function isLedgerPool(pool: Pool): pool is LedgerPool {
  return pool.kind === 'LEDGER' && pool.book !== undefined;
}

/** Problems: `pooling/kind-not-fitting`, `pooling/pool-opening`. */
export function requireLedgerPool(pool: Pool): LedgerPool {
  requireOpen(pool);
  if (isLedgerPool(pool)) return pool;
  const detail = `The pool ${pool.id} is a ${pool.kind} pool; internal ledgers belong to LEDGER pools.`;
  throw problems['kind-not-fitting'].with({ detail, kind: pool.kind });
}

/** Problem: `pooling/currency-mismatch`, pointing at the amount. */
export function requireCurrency(pool: Pick<Pool, 'currency'>, currency: string, pointer: string): void {
  if (currency === pool.currency) return;
  const detail = `The pool is in ${pool.currency}; send the amount in it.`;
  throw problems['currency-mismatch']
    .with({ detail, currency: pool.currency })
    .at({ pointer: `${pointer}/currency`, detail });
}
