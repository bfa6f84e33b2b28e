import type { DynamoDBClient, QueryCommandInput, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { BackoffPolicy } from '../../shared/concurrency/backoff.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { CycleState } from './cycles/cycle.ts';
import { keys, linesPrefix } from './keys.ts';
import type { Obligation } from './obligations/obligation.ts';
import {
  type CycleLine,
  lineOf,
  linesFromPlain,
  linesToPlain,
  obligationFromPlain,
  obligationToPlain,
} from './obligations/obligation-items.ts';

/** Obligations that are written together: an item each, one of their lines and the gate; a transaction has 100. */
export const obligationsPerWriteMax = 90;
/** Such transactions that are under way at once; each has a gate of its own. */
export const writesAtOnceMax = 8;

/** Gates are written by many at once: through one of them a write is overtaken more often than elsewhere. */
export const gatePolicy: BackoffPolicy = { attemptsMax: 20, baseMs: 10, ceilingMs: 500 };

/** The lines of one item, and its place in its gate. */
export interface PlacedLines {
  readonly sk: string;
  readonly lines: readonly CycleLine[];
}

/** Obligations and the lines that they leave in their cycles; all reads are strongly consistent. */
export function obligationStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readObligation(tenant: string, obligationId: string): Promise<Obligation | undefined> {
    const item = await get(keys.obligation(tenant, obligationId));
    return item && obligationFromPlain(item);
  }

  /** Those that there are of some ids, by id; ids must differ. */
  async function readObligations(tenant: string, ids: readonly string[]): Promise<Map<string, Obligation>> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keys.obligation(tenant, id)),
    );
    return new Map(items.map(obligationFromPlain).map((one) => [one.id, one]));
  }

  /**
   * New obligations of one gate of a cycle with their lines, `obligationsPerWriteMax` at most: all, or none where one is there
   * already, in whatever centre where it comes of events, or the cycle takes none any more. Throws what DynamoDB throws.
   */
  async function addObligations(obligations: readonly Obligation[], at: string): Promise<void> {
    const [first] = obligations;
    if (!first) return;
    const lines = obligations.map((one) => lineOf(one, one.state, true));
    await write([
      ...obligations.map((one) => putNew(obligationToPlain(one))),
      putNew(linesToPlain(first, at, lines)),
      throughGate(first, ['OPEN'], lines.length),
    ]);
  }

  /**
   * The next states of obligations of one cycle, `obligationsPerWriteMax` at most, with their lines at any one of its gates, while that
   * is in one of some states; only over the revisions that were read. Throws what DynamoDB throws.
   */
  async function changeObligations(next: readonly Obligation[], gate: number, whileIn: readonly CycleState[]) {
    const [first] = next;
    if (!first) return;
    const lines = next.map((one) => lineOf(one, one.state, false));
    await write([
      ...next.map((one) => putNext(obligationToPlain(one), one.revision - 1)),
      putNew(linesToPlain({ ...first, gate }, first.changedAt, lines)),
      throughGate({ ...first, gate }, whileIn, lines.length),
    ]);
  }

  /** What was told of an obligation, beside the gate: nothing of it counts in its cycle. Throws what DynamoDB throws. */
  const noteObligation = (next: Obligation) => write([putNext(obligationToPlain(next), next.revision - 1)]);

  /**
   * Obligations in another cycle, the same gate of it for all, each only over the revision that was read: all, or none where that cycle
   * takes none any more. Throws what DynamoDB throws.
   */
  async function moveObligations(next: readonly Obligation[], at: string): Promise<void> {
    const [first] = next;
    if (!first) return;
    const lines = next.map((one) => lineOf(one, one.state, true));
    await write([
      ...next.map((one) => putNext(obligationToPlain(one), one.revision - 1)),
      putNew(linesToPlain(first, at, lines)),
      throughGate(first, ['OPEN'], lines.length),
    ]);
  }

  /** Counts lines at the gate, which must be in one of some states. */
  function throughGate(
    { tenant, cycleId, gate }: Pick<Obligation, 'tenant' | 'cycleId' | 'gate'>,
    states: readonly CycleState[],
    lines: number,
  ): TransactWriteItem {
    const names = states.map((_, place) => `:state${place}`);
    return {
      Update: {
        TableName: table,
        Key: toItem(keys.gate(tenant, cycleId, gate)),
        UpdateExpression: 'SET lineCount = lineCount + :lines',
        ConditionExpression: `#state IN (${names.join(', ')})`,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: toItem({
          ':lines': lines,
          ...Object.fromEntries(states.map((state, place) => [`:state${place}`, state])),
        }),
      },
    };
  }

  /** A page of what was written at a gate, in the order of its times, from behind a place. */
  async function readLines(
    tenant: string,
    cycleId: string,
    gate: number,
    after: string | undefined,
    count: number,
  ): Promise<PlacedLines[]> {
    const { pk } = keys.gate(tenant, cycleId, gate);
    const items: Plain[] = [];
    let lastKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      // An answer ends at 1 MB too, wherever that is.
      const page = await query({
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':after': after ?? linesPrefix }),
        ConsistentRead: true,
        Limit: count - items.length,
        ...(lastKey && { ExclusiveStartKey: lastKey }),
      });
      items.push(...page.items);
      lastKey = page.lastKey;
    } while (lastKey && items.length < count);
    return items.map((item) => ({ sk: String(item.sk), lines: linesFromPlain(item) }));
  }

  /** How many lines a gate has taken: what is read of it must be as many. */
  async function readLineCount(tenant: string, cycleId: string, gate: number): Promise<number> {
    return Number((await get(keys.gate(tenant, cycleId, gate)))?.lineCount ?? 0);
  }

  return {
    ...{ readObligation, readObligations, addObligations, changeObligations, moveObligations, noteObligation },
    ...{ readLines, readLineCount },
  };
}
