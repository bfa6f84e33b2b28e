import type { Plain } from '../../shared/dynamo/items.ts';
import { unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { dueShard, keys, openShard } from './keys.ts';
import type { MemberState, Pool } from './pool.ts';

/** Items as plain objects ↔ the model. Every N at rest comes back as a bigint; counts are numbers in the model. */

export function poolToPlain(pool: Pool): Plain {
  const { kind: poolKind, ...facts } = pool;
  return { ...keys.pool(pool.tenant, pool.id), kind: 'POOL', poolKind, ...facts, ...timeKeys(pool) };
}

/**
 * A pool that is being opened stands in the index of open work; one with a next run in that of what is due. Where the
 * calendar is missing, it is looked at again on that day.
 */
function timeKeys({ id, opening, createdAt, nextRun }: Pool): { timeOf?: string; timeAt?: string } {
  if (opening) return { timeOf: openShard(id), timeAt: createdAt };
  if (!nextRun) return {};
  const timeAt = 'at' in nextRun ? nextRun.at : nextRun.askAgainAt;
  return { timeOf: dueShard(id), timeAt };
}

export function poolFromPlain(plain: Plain): Pool {
  const { pk: _pk, sk: _sk, kind: _kind, poolKind, timeOf: _of, timeAt: _at, ...rest } = plain;
  const pool = rest as unknown as Omit<Pool, 'kind'>;
  const { lastRun, nextRun, missedRun, configVersion, revision, fence } = pool;
  return {
    ...pool,
    kind: poolKind as Pool['kind'],
    revision: Number(revision),
    members: Number(pool.members),
    configVersion: Number(configVersion),
    ...(fence !== undefined && { fence: Number(fence) }),
    ...(lastRun && { lastRun: { ...lastRun, runNumber: Number(lastRun.runNumber) } }),
    ...(missedRun && { missedRun: { ...missedRun, runNumber: Number(missedRun.runNumber) } }),
    ...(nextRun && { nextRun: 'at' in nextRun ? { ...nextRun, runNumber: Number(nextRun.runNumber) } : nextRun }),
  };
}

/** What an item that is listed by `byRun` and may wait in `byTime` holds besides its kind, its key and those of the indexes. */
export function factsOf(plain: Plain): Plain {
  const { pk: _pk, sk: _sk, kind: _kind, runsOf: _of, runAt: _at, timeOf: _t, timeAt: _ta, ...facts } = plain;
  return facts;
}

export function bucketFromPlain(plain: Plain): { bucket: number; version: number; states: MemberState[] } {
  return { bucket: Number(plain.bucket), version: Number(plain.version), states: unpackBlock<MemberState>(plain) };
}
