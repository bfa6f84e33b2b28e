import { type DynamoDBClient, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import {
  interestKeys,
  interestRunFromPlain,
  interestRunToPlain,
  interestStartToPlain,
  periodFromPlain,
  periodToPlain,
  settlementFromPlain,
  settlementToPlain,
  termsFromRecords,
  termsRecords,
  versionToPlain,
} from './interest-runs/interest-items.ts';
import type {
  Bearer,
  ComputedLines,
  ComputedPeriod,
  InterestLine,
  InterestRun,
  LineOutcome,
} from './interest-runs/interest-run.ts';
import type { InterestTerms } from './interest-runs/interest-terms.ts';
import type { DueSettlement } from './interest-runs/settlement.ts';
import { packBlock, packBlocks, unpackBlock } from './items.ts';
import { interestRunsOf, keys, place } from './keys.ts';
import type { Cause } from './pool.ts';
import type { poolStore } from './store-pools.ts';

const recordsPerBlockMax = 500;
/** Lines that are booked and noted together. */
const linesPerBlockMax = 200;

/** The last period that was computed for an owner. */
export interface InterestHead {
  readonly to: string;
  readonly runId: string;
}

/** Interest terms, runs and their lines. */
export function interestStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get, query } = tableAccess(client, table);

  /** The terms in force, or an earlier version of them. */
  async function readInterestTerms(
    tenant: string,
    ownerId: string,
    version?: number,
  ): Promise<InterestTerms | undefined> {
    const key = version === undefined ? keys.terms(tenant, ownerId) : interestKeys.version(tenant, ownerId, version);
    const item = await get(key);
    if (!item) return undefined;
    const blocks = await pools.readPartition(key.pk, interestKeys.termsBlocks(String(item.where)));
    return {
      tenant,
      ownerId,
      version: Number(item.version),
      content: termsFromRecords(blocks.flatMap((block) => unpackBlock(block))),
      setAt: String(item.setAt),
      cause: item.cause as Cause,
    };
  }

  /**
   * Stores the next version, and with it what waits for its settlement day, in place of what waited before; `where` is a
   * place of its own for its blocks. Throws where another version came first.
   */
  async function writeInterestTerms(terms: InterestTerms, where: string, due?: DueSettlement): Promise<void> {
    const { tenant, ownerId, version, content } = terms;
    const key = keys.terms(tenant, ownerId);
    await writeBlocks(key.pk, (block) => `${interestKeys.termsBlocks(where)}${place(block)}`, termsRecords(content));
    const current = pools.put(versionToPlain(terms, where, key), version === 1 ? undefined : 'version = :before');
    const listed = version === 1 && content.kind === 'DEPOSIT' ? [interestKeys.deposit(tenant, ownerId)] : [];
    await pools.transact([
      version === 1 ? current : withValues(current, { ':before': version - 1 }),
      pools.put(versionToPlain(terms, where, interestKeys.version(tenant, ownerId, version))),
      ...listed.map((place) => pools.put({ ...place, kind: 'DEPOSIT' })),
      due
        ? { Put: { TableName: table, Item: toItem(settlementToPlain(due)) } }
        : { Delete: { TableName: table, Key: toItem(interestKeys.settlement(tenant, ownerId)) } },
    ]);
  }

  async function readSettlement(tenant: string, ownerId: string): Promise<DueSettlement | undefined> {
    const item = await get(interestKeys.settlement(tenant, ownerId));
    return item && settlementFromPlain(item);
  }

  /** What waits after a look at it, only where it still stands as it was read. */
  function replaceSettlement(next: DueSettlement, { termsVersion, revision }: DueSettlement): TransactWriteItem {
    const put = pools.put(settlementToPlain(next), 'termsVersion = :version AND revision = :revision');
    return withValues(put, { ':version': termsVersion, ':revision': revision });
  }

  /** A page of the accounts with an agreed deposit, by id; `after` is the last of the page before, or ''. */
  async function listDepositAccounts(tenant: string, after: string, count: number) {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': interestKeys.deposit(tenant, '').pk, ':after': after || ' ' }),
      Limit: count + 1,
      ConsistentRead: true,
    });
    return { accountIds: items.slice(0, count).map(({ sk }) => String(sk)), more: items.length > count };
  }

  async function writeBlocks(
    pk: string,
    skOf: (block: number) => string,
    records: readonly unknown[],
    recordsMax = recordsPerBlockMax,
  ): Promise<number> {
    const writer = batchWriter(client, table);
    const blocks = packBlocks(records, recordsMax);
    for (const [index, block] of blocks.entries()) {
      await writer.put({ pk, sk: skOf(index), kind: 'BLOCK', ...block }, Buffer.byteLength(block.text));
    }
    await writer.finish();
    return blocks.length;
  }

  async function readInterestHead(tenant: string, ownerId: string): Promise<InterestHead | undefined> {
    const item = await get(interestKeys.head(tenant, ownerId));
    return item && { to: String(item.to), runId: String(item.runId) };
  }

  /** Periods that were computed, oldest first, that ended on or after a day. */
  async function readInterestPeriods(tenant: string, ownerId: string, endedFrom: string): Promise<ComputedPeriod[]> {
    const items = await pools.readPartition(interestKeys.ledgerOf(tenant, ownerId), interestKeys.period(''));
    return items.map(periodFromPlain).filter(({ to }) => to >= endedFrom);
  }

  async function readInterestRun(tenant: string, runId: string): Promise<InterestRun | undefined> {
    const item = await get(keys.interestRun(tenant, runId));
    return item && interestRunFromPlain(item);
  }

  async function listInterestRuns(tenant: string, ownerId: string, after: string | undefined, count: number) {
    const { items, more } = await pools.pageRuns(interestRunsOf(tenant, ownerId), after, count);
    const runs = items.map((item) => ({ run: interestRunFromPlain(item), at: String(item.runAt) }));
    return { runs, more };
  }

  const putInterestRun = (run: InterestRun): TransactWriteItem => pools.put(interestRunToPlain(run));

  /** The next state of a run, only where it still stands as it was read. */
  function replaceInterestRun(next: InterestRun, { status, round, attempt }: InterestRun): TransactWriteItem {
    const put = pools.put(interestRunToPlain(next), '#status = :status AND round = :round AND attempt = :attempt');
    const valued = withValues(put, { ':status': status, ':round': round, ':attempt': attempt });
    return { Put: { ...putOf(valued), ExpressionAttributeNames: { '#status': 'status' } } };
  }

  const putInterestStart = (run: InterestRun): TransactWriteItem => pools.put(interestStartToPlain(run));

  /** The period of a run, and that it is now the last: only where it begins when the last one ended. */
  function putInterestPeriod(run: InterestRun, computed: ComputedLines): TransactWriteItem[] {
    const { tenant, ownerId, id: runId, from, to } = run;
    const head = pools.put(
      { ...interestKeys.head(tenant, ownerId), kind: 'INTEREST_HEAD', to, runId },
      'attribute_not_exists(pk) OR #to = :from',
    );
    const followed = { ...putOf(withValues(head, { ':from': from })), ExpressionAttributeNames: { '#to': 'to' } };
    return [pools.put(periodToPlain(run, computed)), { Put: followed }];
  }

  /** Stores bearers and lines where nobody looks before their run names them; answers how many blocks the lines take. */
  async function writeInterestLines(
    run: Pick<InterestRun, 'tenant' | 'id'>,
    linesId: string,
    bearers: readonly Bearer[],
    lines: readonly InterestLine[],
  ): Promise<number> {
    const pk = keys.plan(run.tenant, run.id, linesId);
    await writeBlocks(pk, interestKeys.bearers, bearers);
    return await writeBlocks(pk, keys.lines, lines, linesPerBlockMax);
  }

  async function readBearers(tenant: string, { runId, computed }: ComputedPeriod): Promise<Bearer[]> {
    const blocks = await pools.readPartition(keys.plan(tenant, runId, computed.linesId), 'B#');
    return blocks.flatMap((block) => unpackBlock<Bearer>(block));
  }

  async function readInterestLines(tenant: string, runId: string, linesId: string): Promise<InterestLine[]> {
    const blocks = await pools.readPartition(keys.plan(tenant, runId, linesId), keys.lines(0).slice(0, 2));
    return blocks.flatMap((block) => unpackBlock<InterestLine>(block));
  }

  async function readInterestBlock({ tenant, id, computed }: InterestRun, block: number): Promise<InterestLine[]> {
    if (!computed) return [];
    const item = await get({ pk: keys.plan(tenant, id, computed.linesId), sk: keys.lines(block) });
    return item ? unpackBlock<InterestLine>(item) : [];
  }

  /** What became of a block's lines, the later attempt over the earlier. A line that is not there was not booked yet. */
  async function readLineOutcomes(run: InterestRun, block: number): Promise<Map<number, LineOutcome>> {
    const { tenant, id, computed } = run;
    if (!computed) return new Map();
    const noted = await pools.readPartition(keys.plan(tenant, id, computed.linesId), interestKeys.outcomes(block));
    const outcomes = noted.flatMap((attempt: Plain) => unpackBlock<LineOutcome>(attempt));
    return new Map(outcomes.map((outcome) => [outcome.number, outcome]));
  }

  /** Whoever books the block in this attempt finds the same outcomes, so the last to write is as right as the first. */
  async function writeLineOutcomes(run: InterestRun, block: number, outcomes: readonly LineOutcome[]): Promise<void> {
    const { tenant, id, computed, attempt } = run;
    if (!computed) throw new Error(`The run ${id} has no lines yet.`);
    const key = {
      pk: keys.plan(tenant, id, computed.linesId),
      sk: `${interestKeys.outcomes(block)}${place(attempt)}`,
    };
    const item = toItem({ ...key, kind: 'OUTCOMES', ...packBlock(outcomes) });
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
  }

  return {
    readInterestTerms,
    writeInterestTerms,
    readSettlement,
    replaceSettlement,
    listDepositAccounts,
    readInterestHead,
    readInterestPeriods,
    readInterestRun,
    listInterestRuns,
    putInterestRun,
    replaceInterestRun,
    putInterestStart,
    putInterestPeriod,
    writeInterestLines,
    readBearers,
    readInterestLines,
    readInterestBlock,
    readLineOutcomes,
    writeLineOutcomes,
  };
}

function putOf({ Put }: TransactWriteItem) {
  if (!Put) throw new Error('A put is a put.');
  return Put;
}

function withValues(item: TransactWriteItem, values: Plain): TransactWriteItem {
  return { Put: { ...putOf(item), ExpressionAttributeValues: toItem(values) } };
}
