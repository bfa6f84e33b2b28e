import {
  type BatchWriteItemCommandOutput,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';
import { type ChargedWrite, type MeterReport, reportOf } from './meter-report.ts';
import { type PlannedWrite, plannedInBatch, plannedWrites } from './planned-writes.ts';
import { keyOf, readTableShape, type TableShape } from './table-shape.ts';
import { changeUnits, indexWrites } from './write-units.ts';

const middlewareName = 'writeMeter';

export interface WriteMeter {
  /** What was written since the start or the last `reset`. */
  report(): MeterReport;
  reset(): void;
  /** Takes the meter off the client. */
  stop(): void;
}

interface Known {
  readonly write: PlannedWrite;
  readonly shape: TableShape;
  readonly key: Item;
  readonly before: Item | undefined;
}

/**
 * Meters the write units of everything that a client writes from now on, indexes included, by the rules of
 * `write-units.ts`. It reads each item before it is written, and after an update, so a metered client is slower: meter and
 * time in separate runs. `reader` does these reads; give another client where this one injects faults.
 *
 * A refused condition or transaction is charged whole, the dearest reading of AWS's rules. A call without an answer, or
 * throttled, is not. Two writers of one item at the same moment may be told each other's size.
 */
export function meterWrites(client: DynamoDBClient, reader: DynamoDBClient = client): WriteMeter {
  const shapes = new Map<string, Promise<TableShape>>();
  const charged: ChargedWrite[] = [];

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = (context.commandName ?? '').replace(/Command$/, '');
      const writes = plannedWrites(command, args.input);
      if (writes.length === 0) return next(args);
      const known = await Promise.all(writes.map(look));
      try {
        const answer = await next(args);
        const skipped = await unprocessed(command, answer.output);
        const done = known.filter((one) => !skipped.has(idOf(one.write.table, one.key)));
        charged.push(...(await Promise.all(done.map((one) => chargeDone(command, one)))).flat());
        return answer;
      } catch (error) {
        if (isChargedRefusal(error)) charged.push(...known.map((one) => chargeRefused(command, one)));
        throw error;
      }
    },
    { step: 'initialize', name: middlewareName, priority: 'high' },
  );

  async function look(write: PlannedWrite): Promise<Known> {
    const shape = await shapeOf(write.table);
    const key = write.key ?? keyOf(write.item ?? {}, shape);
    return { write, shape, key, before: await read(write.table, key) };
  }

  function shapeOf(table: string): Promise<TableShape> {
    const shape = shapes.get(table) ?? readTableShape(reader, table);
    shapes.set(table, shape);
    return shape;
  }

  async function read(table: string, key: Item): Promise<Item | undefined> {
    return (await reader.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
  }

  async function chargeDone(command: string, known: Known): Promise<ChargedWrite[]> {
    const { write, shape, before } = known;
    const after = await itemAfter(known);
    const ofTable = chargeTable(command, known, after, false);
    const ofIndexes = shape.indexes.flatMap((index) =>
      indexWrites(before, after, index).map(({ item, units }) => ({
        operation: `${command} ${write.operation}`,
        place: `${write.table}/${index.name}`,
        partitionKey: keyText(item, index.keys),
        kind: kindOf(after ?? before),
        units,
        refused: false,
      })),
    );
    return [ofTable, ...ofIndexes];
  }

  async function itemAfter({ write, key, before }: Known): Promise<Item | undefined> {
    if (write.operation === 'Put') return write.item;
    if (write.operation === 'Delete') return undefined;
    return write.operation === 'Update' ? read(write.table, key) : before;
  }

  async function unprocessed(command: string, output: object): Promise<ReadonlySet<string>> {
    if (command !== 'BatchWriteItem') return new Set();
    const left = plannedInBatch((output as BatchWriteItemCommandOutput).UnprocessedItems);
    const ids = left.map(async ({ table, key, item }) => idOf(table, key ?? keyOf(item ?? {}, await shapeOf(table))));
    return new Set(await Promise.all(ids));
  }

  return {
    report: () => reportOf(charged),
    reset: () => {
      charged.length = 0;
    },
    stop: () => {
      client.middlewareStack.remove(middlewareName);
    },
  };
}

function chargeRefused(command: string, known: Known): ChargedWrite {
  return chargeTable(command, known, known.write.item, true);
}

function chargeTable(command: string, known: Known, after: Item | undefined, refused: boolean): ChargedWrite {
  const { write, shape, key, before } = known;
  return {
    operation: `${command} ${write.operation}`,
    place: write.table,
    partitionKey: keyText(key, shape.keys),
    kind: kindOf(after ?? before),
    units: changeUnits(before, after, command === 'TransactWriteItems'),
    refused,
  };
}

function isChargedRefusal(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return codes.includes('ConditionalCheckFailed') || codes.includes('TransactionConflict');
}

function kindOf(item: Item | undefined): string {
  return item?.kind?.S ?? '-';
}

function keyText(item: Item, [partitionKey = '']: readonly string[]): string {
  const { S, N, B } = item[partitionKey] ?? {};
  return S ?? N ?? Buffer.from(B ?? []).toString('base64');
}

function idOf(table: string, key: Item): string {
  const parts = Object.keys(key).sort();
  return JSON.stringify([table, parts.map((name) => keyText(key, [name]))]);
}
