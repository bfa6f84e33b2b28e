import type { Plain } from '../../shared/dynamo/items.ts';
import { joinTexts, readTexts, type TextWithAmounts, writeText } from '../../shared/dynamo/text-with-amounts.ts';
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

/** Records of one item, at most so many bytes of text: an item has 400 KB, and a small one is cheap to write again. */
const bytesPerBlockMax = 100_000;

/** Records packed into as few items as their size allows, each a line; `recordsMax` in one at the most. */
export function packBlocks(records: readonly unknown[], recordsMax: number): TextWithAmounts[] {
  const blocks: TextWithAmounts[][] = [];
  let bytes = bytesPerBlockMax;
  for (const record of records) {
    const line = writeText(record);
    const size = Buffer.byteLength(line.text);
    const block = blocks.at(-1);
    if (!block || bytes + size > bytesPerBlockMax || block.length >= recordsMax) {
      blocks.push([line]);
      bytes = size;
    } else {
      block.push(line);
      bytes += size;
    }
  }
  return blocks.map(joinTexts);
}

/** Records that are few enough for one item. */
export function packBlock(records: readonly unknown[]): TextWithAmounts {
  return joinTexts(records.map(writeText));
}

/** The records of a block; one whose records have all gone has none. */
export function unpackBlock<Record>({ text, amounts }: Plain): Record[] {
  if (text === '') return [];
  return readTexts({ text: String(text), amounts: amounts as bigint[] }) as Record[];
}

export function bucketFromPlain(plain: Plain): { bucket: number; version: number; states: MemberState[] } {
  return { bucket: Number(plain.bucket), version: Number(plain.version), states: unpackBlock<MemberState>(plain) };
}
