import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { notFinal } from '../ledger-answers.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingTools } from '../tools.ts';
import { writeOrAskAgain } from '../write-or-ask-again.ts';
import { bindRealAccount } from './open-ledger-pool.ts';

export type Opening =
  | { readonly outcome: 'OPEN'; readonly pool: Pool }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

/** Takes the opening of a pool to its end, if it is not there. */
export async function resumeOpening(tools: PoolingTools, tenant: string, poolId: string, now: Date): Promise<void> {
  const pool = await tools.store.readPool(tenant, poolId);
  if (pool) await finishOpening(tools, pool, now);
}

/**
 * Binds the real account of a pool that is being opened and opens the pool; done again, it changes nothing. Where the
 * ledger refuses for good, because the account has changed since it was looked at, the pool is taken back.
 *
 * Throws where the ledger gave no final answer: the pool stays as it is, to be carried on.
 */
export async function finishOpening(tools: PoolingTools, pool: Pool, now: Date): Promise<Opening> {
  if (!pool.opening) return { outcome: 'OPEN', pool };
  try {
    await bindRealAccount(tools, pool, now);
  } catch (error) {
    if (!(error instanceof Problem) || notFinal.has(error.code)) throw error;
    // False where another finisher took it back before.
    await writeOrAskAgain(() => tools.store.forgetOpening(pool));
    return { outcome: 'REFUSED', problem: notAllowed(pool, error) };
  }
  return { outcome: 'OPEN', pool: await open(tools, pool) };
}

async function open({ store }: PoolingTools, { tenant, id }: Pool): Promise<Pool> {
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const current = await store.readPool(tenant, id);
    if (!current) throw new Error(`The pool ${id} has a book and is not there.`);
    const { opening, ...pool } = current;
    if (!opening) return current;
    if (await writeOrAskAgain(() => store.transact([store.putPool(pool, current)])))
      return { ...pool, revision: current.revision + 1 };
  }
  throw general['conflict-retry'].with({ detail: 'The pool is being changed by others. Send the request again.' });
}

function notAllowed({ headerAccountId }: Pool, { code, fields }: Problem): Problem {
  const { detail } = fields;
  return problems['account-not-allowed']
    .with({ detail, accountId: headerAccountId, because: { code, detail } })
    .at({ pointer: '/headerAccountId', detail });
}
