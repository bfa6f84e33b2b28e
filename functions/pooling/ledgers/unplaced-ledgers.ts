import { readConfiguration } from '../members/read-configuration.ts';
import type { Configuration, Member, Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import type { PoolLedger } from './pool-ledger.ts';

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

/** The members as set; of a LEDGER pool with all its ledgers, also those that stand in no tree yet. */
export async function readTreeMembers(tools: PoolingTools, pool: Pool): Promise<Configuration> {
  const configuration = await readConfiguration(tools, pool);
  if (pool.kind !== 'LEDGER') return configuration;
  const placed = new Set(configuration.members.map(({ accountId }) => accountId));
  const ledgers = await tools.store.readLedgers(pool.tenant, pool.id);
  const others = ledgers.filter(({ accountId }) => !placed.has(accountId));
  return { ...configuration, members: [...configuration.members, ...others.map((one) => unplacedMember(one, pool))] };
}
