import { general } from '../../../shared/problems/general.ts';
import type { AccountStatement, StatementQuery } from '../../ledger/published.ts';
import type { Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import { requireAccountOfPool } from './find-ledger.ts';

/**
 * A page of the statement of one account of a pool: a member's, a ledger's, the header's. Opening balance + entries =
 * closing balance, by booking date, over all pages. Problems: `pooling/not-a-member`, `request/malformed` where the period
 * ends before it begins.
 */
export async function readPoolStatement(
  tools: PoolingTools,
  pool: Pool,
  accountId: string,
  query: StatementQuery,
): Promise<AccountStatement> {
  if (query.from > query.to) {
    const detail = 'The period ends before it begins; send `from` or a later day.';
    throw general.malformed.with({ detail, errors: [{ parameter: 'to', detail }] });
  }
  await requireAccountOfPool(tools, pool, accountId);
  return await tools.ledger.readAccountStatement(pool.tenant, accountId, query);
}
