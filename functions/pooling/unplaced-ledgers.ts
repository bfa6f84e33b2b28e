import type { Configuration, Member, Pool } from './pool.ts';
import type { PoolLedger } from './pool-ledger.ts';
import type { PoolingTools } from './tools.ts';

const lastPriority = 1_000_000;

/** A ledger that stands in no tree yet lies below the top, with nothing agreed. */
export function unplacedMember({ accountId, holder }: PoolLedger, { rootAccountId, currency }: Pool): Member {
  return {
    accountId,
    parentId: rootAccountId,
    priority: lastPriority,
    entity: holder,
    currency,
    reserve: 0n,
    up: [],
    down: [],
  };
}

/** The configuration of a LEDGER pool with all its ledgers, also those that were opened after it was set. */
export async function withUnplacedLedgers(
  { store }: PoolingTools,
  pool: Pool,
  configuration: Configuration,
): Promise<Configuration> {
  const placed = new Set(configuration.members.map(({ accountId }) => accountId));
  const ledgers = await store.readLedgers(pool.tenant, pool.id);
  const others = ledgers.filter(({ accountId }) => !placed.has(accountId));
  return { ...configuration, members: [...configuration.members, ...others.map((one) => unplacedMember(one, pool))] };
}
