import { type DynamoDBClient, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import {
  interestKeys,
  interestRunFromPlain,
  interestRunToPlain,
  interestStartToPlain,
  periodFromPlain,
  periodToPlain,
} from './interest-runs/interest-items.ts';
import type {
  Bearer,
  ComputedLines,
  ComputedPeriod,
  InterestLine,
  InterestRun,
  LineOutcome,
} from './interest-runs/interest-run.ts';
import { interestRunsOf, keys, place } from './keys.ts';
import { putWhere } from './put-where.ts';
import { blockStore } from './store-blocks.ts';
import type { poolStore } from './store-pools.ts';

const bearersPerBlockMax = 500;
/** Lines that are booked and noted together. */
const linesPerBlockMax = 200;

/** The last period that was computed for an owner. */
export interface InterestHead {
  readonly to: string;
  readonly runId: string;
}

/** Interest runs and their lines, and the periods that were computed. */
export function interestRunStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get } = tableAccess(client, table);
  const { writeBlocks } = blockStore(client, table);

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
    return putWhere(table, interestRunToPlain(next), {
      expression: '#status = :status AND round = :round AND attempt = :attempt',
      values: { ':status': status, ':round': round, ':attempt': attempt },
      names: { '#status': 'status' },
    });
  }

  const putInterestStart = (run: InterestRun): TransactWriteItem => pools.put(interestStartToPlain(run));

  /** The period of a run, and that it is now the last: only where it begins when the last one ended. */
  function putInterestPeriod(run: InterestRun, computed: ComputedLines): TransactWriteItem[] {
    const { tenant, ownerId, id: runId, from, to } = run;
    const head = { ...interestKeys.head(tenant, ownerId), kind: 'INTEREST_HEAD', to, runId };
    const isFollowing = {
      expression: 'attribute_not_exists(pk) OR #to = :from',
      values: { ':from': from },
      names: { '#to': 'to' },
    };
    return [pools.put(periodToPlain(run, computed)), putWhere(table, head, isFollowing)];
  }

  /** Stores bearers and lines where nobody looks before their run names them; answers how many blocks the lines take. */
  async function writeInterestLines(
    run: Pick<InterestRun, 'tenant' | 'id'>,
    linesId: string,
    bearers: readonly Bearer[],
    lines: readonly InterestLine[],
  ): Promise<number> {
    const pk = keys.plan(run.tenant, run.id, linesId);
    await writeBlocks(pk, interestKeys.bearers, bearers, bearersPerBlockMax);
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
