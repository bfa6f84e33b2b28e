import { type DynamoDBClient, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { packBlock, packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { bucketFromPlain } from './items.ts';
import { bucketOf, keys, openShards, runsOf, tenantOf } from './keys.ts';
import type { MemberState, Pool } from './pool.ts';
import type { LegOutcome, Run, RunLeg, StoredPlan } from './runs/run.ts';
import { runFromPlain, runToPlain } from './runs/run-items.ts';
import type { poolStore } from './store-pools.ts';
import type { IdleAccount } from './sweeps/plan-sweeps.ts';

const idlePerBlockMax = 500;

/** Members' states with the version of each bucket that was read. */
export interface ReadStates {
  readonly states: ReadonlyMap<string, MemberState>;
  readonly versions: ReadonlyMap<number, number>;
}

export interface OpenWork {
  readonly tenant: string;
  readonly kind: string;
  readonly item: Plain;
}

/** Runs, their plans, and what is remembered of the members from run to run. */
export function runStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get, query, putNew, update } = tableAccess(client, table);

  /** Of these members, and of those that share their buckets. */
  async function readStates(
    { tenant, id }: Pick<Pool, 'tenant' | 'id'>,
    accountIds: readonly string[],
  ): Promise<ReadStates> {
    const wanted = [...new Set(accountIds.map(bucketOf))].map((bucket) => keys.states(tenant, id, bucket));
    const buckets = (await batchGet(client, table, wanted)).map(bucketFromPlain);
    return {
      states: new Map(buckets.flatMap(({ states }) => states).map((state) => [state.accountId, state])),
      versions: new Map(buckets.map(({ bucket, version }) => [bucket, version])),
    };
  }

  /** Puts of the buckets in which a state changed, each only where nothing changed it since it was read. */
  function putStates(
    pool: Pick<Pool, 'tenant' | 'id'>,
    read: ReadStates,
    changed: readonly MemberState[],
  ): TransactWriteItem[] {
    const touched = new Set(changed.map(({ accountId }) => bucketOf(accountId)));
    const after = new Map(read.states);
    for (const state of changed) after.set(state.accountId, state);
    const byBucket = Map.groupBy(after.values(), ({ accountId }) => bucketOf(accountId));
    return [...touched].map((bucket) => {
      const version = read.versions.get(bucket) ?? 0;
      return {
        Put: {
          TableName: table,
          Item: toItem({
            ...keys.states(pool.tenant, pool.id, bucket),
            kind: 'STATES',
            bucket,
            version: version + 1,
            ...packBlock((byBucket.get(bucket) ?? []).filter(isWorthKeeping)),
          }),
          ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :read',
          ...(version > 0 && { ExpressionAttributeValues: toItem({ ':read': version }) }),
        },
      };
    });
  }

  /** Stores a plan where nobody looks before its run names it. */
  async function writePlan(run: Run, plan: StoredPlan): Promise<void> {
    const pk = keys.plan(run.tenant, run.id, run.planId);
    const writer = batchWriter(client, table);
    for (const [index, legs] of plan.blocks.entries()) {
      const block = packBlock(legs);
      await writer.put({ pk, sk: keys.legs(index), kind: 'LEGS', ...block }, Buffer.byteLength(block.text));
    }
    for (const [index, block] of packBlocks(plan.idle, idlePerBlockMax).entries()) {
      await writer.put({ pk, sk: keys.idle(index), kind: 'IDLE', ...block }, Buffer.byteLength(block.text));
    }
    await writer.finish();
  }

  const putRun = (run: Run): TransactWriteItem => pools.put(runToPlain(run));

  /** The end of a run, written once. */
  const endRun = (run: Run): TransactWriteItem =>
    pools.put(runToPlain(run), 'attribute_exists(pk) AND attribute_not_exists(ended)');

  async function readRun(tenant: string, runId: string): Promise<Run | undefined> {
    const item = await get(keys.run(tenant, runId));
    return item && runFromPlain(item);
  }

  async function listRuns(tenant: string, poolId: string, after: string | undefined, count: number) {
    const { items, more } = await pools.pageRuns(runsOf(tenant, poolId), after, count);
    return { runs: items.map((item) => ({ run: runFromPlain(item), at: String(item.runAt) })), more };
  }

  async function readLegs(run: Run, block: number): Promise<RunLeg[]> {
    const item = await get({ pk: keys.plan(run.tenant, run.id, run.planId), sk: keys.legs(block) });
    return item ? unpackBlock<RunLeg>(item) : [];
  }

  async function readAllLegs(run: Run): Promise<RunLeg[][]> {
    return (await pools.readPartition(keys.plan(run.tenant, run.id, run.planId), 'L#')).map((item) =>
      unpackBlock<RunLeg>(item),
    );
  }

  async function readIdle(run: Run): Promise<IdleAccount[]> {
    const blocks = await pools.readPartition(keys.plan(run.tenant, run.id, run.planId), 'I#');
    return blocks.flatMap((block) => unpackBlock<IdleAccount>(block));
  }

  /** What became of the legs, by block; a block that is not there has not been begun. */
  async function readOutcomes(run: Run): Promise<Map<number, LegOutcome[]>> {
    const blocks = await pools.readPartition(keys.plan(run.tenant, run.id, run.planId), 'X#');
    return new Map(blocks.map((item) => [Number(String(item.sk).slice(2)), unpackBlock<LegOutcome>(item)]));
  }

  /** Closes a run that was ended with a follow-up. */
  async function closeRun(run: Run): Promise<void> {
    await writeRetried(() =>
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: toItem(runToPlain(run)),
          ConditionExpression: 'attribute_exists(followUp)',
        }),
      ),
    );
  }

  /** That the legs of a block were handed to the ledger; only where nothing is known of them yet. */
  async function noteInstructed(run: Run, block: number, outcomes: readonly LegOutcome[]): Promise<void> {
    await putNew(outcomesItem(run, block, outcomes));
  }

  function outcomesItem(run: Run, block: number, outcomes: readonly LegOutcome[]): Plain {
    const key = { pk: keys.plan(run.tenant, run.id, run.planId), sk: keys.outcomes(block) };
    return { ...key, kind: 'OUTCOMES', ...packBlock(outcomes) };
  }

  /** Whoever carries the block out finds the same outcomes, so the last to write is as right as the first. */
  async function writeOutcomes(run: Run, block: number, outcomes: readonly LegOutcome[]): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: toItem(outcomesItem(run, block, outcomes)) }));
  }

  /** Pools, or open work, whose time has come, oldest first in each shard; the index may lag a little behind. */
  async function readTimed(shards: readonly string[], until: string, count: number): Promise<OpenWork[]> {
    const pages = await Promise.all(
      shards.map((shard) =>
        query({
          IndexName: 'byTime',
          KeyConditionExpression: 'timeOf = :of AND timeAt <= :until',
          ExpressionAttributeValues: toItem({ ':of': shard, ':until': until }),
          Limit: count,
        }),
      ),
    );
    return pages
      .flatMap(({ items }) => items)
      .map((item) => ({ tenant: tenantOf(String(item.pk)), kind: String(item.kind), item }));
  }

  /** Puts work that failed behind the others: what cannot be carried on keeps nothing else from its turn. */
  async function postpone({ item }: OpenWork, until: string): Promise<void> {
    await update(
      { pk: String(item.pk), sk: String(item.sk) },
      {
        UpdateExpression: 'SET timeAt = :until',
        ConditionExpression: 'attribute_exists(timeOf)',
        ExpressionAttributeValues: toItem({ ':until': until }),
      },
    );
  }

  const readOpen = (until: string, count: number) => readTimed(openShards, until, count);

  return {
    readStates,
    putStates,
    writePlan,
    putRun,
    endRun,
    readRun,
    listRuns,
    readLegs,
    readAllLegs,
    readIdle,
    readOutcomes,
    closeRun,
    noteInstructed,
    writeOutcomes,
    postpone,
    readTimed,
    readOpen,
  };
}

function isWorthKeeping({ position, sentByParent, used }: MemberState): boolean {
  return position !== 0n || sentByParent !== 0n || used.length > 0;
}
