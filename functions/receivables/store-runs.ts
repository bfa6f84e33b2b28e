import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, openRuns, runsOf } from './keys.ts';
import { readListPage } from './list-page.ts';
import type { Run, RunDecision } from './runs/run.ts';
import { runFromPlain, runToPlain } from './runs/run-items.ts';

/** Decisions of one block, at most: they are booked together. */
const decisionsPerBlockMax = 200;
/** Decisions that are put into text before they are written: all of a large run would be a hundred megabytes. */
const decisionsAtOnce = 2_000;
/** As long as a block may be. */
const bytesPerBlock = 100_000;

/** Runs and what they decided; reads by id are strongly consistent. */
export function runStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew: putOneNew } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readRun(tenant: string, runId: string): Promise<Run | undefined> {
    const item = await get(keys.run(tenant, runId));
    return item && runFromPlain(item);
  }

  /** A new run and the record of its key. Throws what DynamoDB throws. */
  const createRun = (run: Run, claim: KeyClaim) =>
    write([putNew(runToPlain(run)), putNew(keyToPlain(run.tenant, claim))]);

  /** A run that nobody asked for; false where it is there. */
  const keepRun = (run: Run) => putOneNew(runToPlain(run));

  /** Only where it still stands as it was read. Throws what DynamoDB throws. */
  const replaceRun = (next: Run, { revision }: Run) => write([putNext(runToPlain(next), revision)]);

  /** A page of a tenant's runs, the latest first, from behind a place; the index may lag a moment. */
  async function listRuns(tenant: string, after: string | undefined, count: number) {
    const asked = { of: runsOf(tenant), after, count, direction: 'BACKWARD' } as const;
    const { items, ...more } = await readListPage({ query }, asked);
    return { runs: items.map(runFromPlain), ...more };
  }

  /** A page of the runs of all tenants that are under way; the index may lag a moment. */
  async function listRunsUnderWay(after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byOpen',
      KeyConditionExpression: after === undefined ? 'openOf = :of' : 'openOf = :of AND openAt > :after',
      ExpressionAttributeValues: toItem({ ':of': openRuns, ...(after !== undefined && { ':after': after }) }),
      Limit: count,
    });
    const found = await Promise.all(items.map(({ pk, sk }) => get({ pk: String(pk), sk: String(sk) })));
    const last = items.length === count ? items.at(-1) : undefined;
    return {
      runs: found.flatMap((item) => (item ? [runFromPlain(item)] : [])),
      ...(last && { next: String(last.openAt) }),
    };
  }

  /** What a run decided, in blocks of an attempt's own; answers how many. Safe to repeat. */
  async function writeRunBlocks({ tenant, id, attempt }: Run, decisions: readonly RunDecision[]): Promise<number> {
    const writer = batchWriter(client, table);
    let place = 0;
    for (let start = 0; start < decisions.length; start += decisionsAtOnce) {
      for (const block of packBlocks(decisions.slice(start, start + decisionsAtOnce), decisionsPerBlockMax)) {
        await writer.put({ ...keys.runBlock(tenant, id, attempt, place), kind: 'RUN_BLOCK', ...block }, bytesPerBlock);
        place += 1;
      }
    }
    await writer.finish();
    return place;
  }

  /** By its place, from 0. */
  async function readRunBlock({ tenant, id, attempt }: Run, place: number): Promise<RunDecision[]> {
    const item = await get(keys.runBlock(tenant, id, attempt, place));
    if (!item) throw new Error(`The run ${id} has no block ${place}.`);
    return unpackBlock<RunDecision>(item);
  }

  return { readRun, createRun, keepRun, replaceRun, listRuns, listRunsUnderWay, writeRunBlocks, readRunBlock };
}
