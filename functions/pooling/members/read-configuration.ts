import type { Configuration, Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';

/** Configurations are never changed once stored, so that a process may keep the last few. */
const configurationsKeptMax = 20;
const kept = new Map<string, Configuration>();

/** The configuration in force; of a pool whose members were never set, an empty one. */
export async function readConfiguration({ store }: Pick<PoolingTools, 'store'>, pool: Pool): Promise<Configuration> {
  const key = `${pool.tenant} ${pool.id} ${pool.configAttempt ?? ''}`;
  const known = kept.get(key);
  if (known) return known;
  const configuration = (await store.readConfiguration(pool)) ?? emptyConfiguration();
  if (kept.size >= configurationsKeptMax) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, configuration);
  return configuration;
}

function emptyConfiguration(): Configuration {
  const header = { entity: '', reserve: 0n, unlimitedOverdraft: false };
  return { version: 0, header, members: [], contracts: [], loanBooks: [] };
}
