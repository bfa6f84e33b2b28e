import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { Sequences } from './journal/draft.ts';
import type { Owner } from './journal/entry.ts';
import { figureNames } from './journal/figures.ts';
import { journalGroups } from './journal/groups.ts';
import {
  type DayTotal,
  parkedToPlain,
  positionFromPlain,
  postingToPlain,
  totalFromPlain,
} from './journal/journal-items.ts';
import { journalKeys, linesPk, sequenceText, totalsPk } from './journal/journal-keys.ts';
import type { JournalLine } from './journal/line.ts';
import { unpackLine } from './journal/pack-lines.ts';
import type { Before } from './journal/plan-batch.ts';
import type { Parked, Position } from './journal/step.ts';
import { type DayRef, dayKey, type JournalTransaction } from './journal/transaction.ts';
import { keys } from './keys.ts';
import type { Order } from './orders/order.ts';
import { orderFromPlain } from './orders/order-items.ts';

/** What proves how far steps are written: a group's position in a shard, or a record that was put aside. */
export type Progress =
  | { readonly of: 'GROUP'; readonly shard: string; readonly group: number }
  | { readonly of: 'PARKED'; readonly parked: Parked; readonly steps: number };

/** Settlement's journal; reads by key are strongly consistent. */
export function journalStore(client: DynamoDBClient, table: string) {
  const { query, queryAll } = tableAccess(client, table);
  const { putNew, write } = transactionParts(client, table);

  /** Where groups stand in a shard, and the settlements that days of markets are in; one call for all of it. */
  async function readBefore(
    shard: string,
    groups: ReadonlyMap<number, readonly DayRef[]>,
  ): Promise<Map<number, Before>> {
    const positionKeys = [...groups.keys()].map((group) => journalKeys.position(shard, group));
    const days = [...groups.values()].flat();
    const found = await batchGet(client, table, [...positionKeys, ...days.map(journalKeys.day)]);
    const byKey = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    const itemOf = ({ pk, sk }: { pk: string; sk: string }) => byKey.get(`${pk} ${sk}`);
    return new Map(
      [...groups].map(([group, own]) => {
        const position = itemOf(journalKeys.position(shard, group));
        const sequences = sequencesIn(own, itemOf);
        return [group, { position: position && positionFromPlain(position), sequences }];
      }),
    );
  }

  /** The settlements that days of markets are in; none noted for one that was never closed. */
  async function readSequences(days: readonly DayRef[]): Promise<Sequences> {
    const found = await batchGet(client, table, days.map(journalKeys.day));
    const byKey = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    return sequencesIn(days, ({ pk, sk }) => byKey.get(`${pk} ${sk}`));
  }

  /**
   * Writes a transaction of the plan, whole or not at all: only where the progress stands as it was read, and the days are in the
   * settlement that was read. Throws what DynamoDB throws.
   */
  async function writeJournal(progress: Progress, transaction: JournalTransaction): Promise<void> {
    const { days, owners, postings, parked, to } = transaction;
    // A record that was put aside is the last of some other transaction of its shard too.
    const source = progress.of === 'GROUP' ? progress.shard : `parked ${progress.parked.shard}`;
    await write([
      moved(progress, transaction),
      ...days.map(stillOpen),
      ...owners.flatMap((day) =>
        day.blocks.map((text, place) => putNew({ ...journalKeys.block(day, to, place, source), kind: 'LINES', text })),
      ),
      ...owners.map(added),
      ...postings.map((posting) => putNew(postingToPlain(posting))),
      ...parked.map((one) => putNew(parkedToPlain(one))),
    ]);
  }

  function moved(progress: Progress, { from, to }: JournalTransaction): TransactWriteItem {
    if (progress.of === 'GROUP') return movedGroup(progress, from, to);
    const { parked, steps } = progress;
    const key = journalKeys.parked(parked.tenant, parked.at, parked.shard);
    const asRead = {
      TableName: table,
      Key: toItem(key),
      ConditionExpression: 'done = :before',
      ExpressionAttributeValues: toItem({ ':before': parked.done }),
    };
    if (to.done === steps) return { Delete: asRead };
    return {
      Update: {
        ...asRead,
        UpdateExpression: 'SET done = :after',
        ExpressionAttributeValues: toItem({ ':before': parked.done, ':after': to.done }),
      },
    };
  }

  function movedGroup(
    { shard, group }: { readonly shard: string; readonly group: number },
    from: Position | undefined,
    to: Position,
  ): TransactWriteItem {
    const item = { ...journalKeys.position(shard, group), kind: 'POSITION', ...to };
    if (from === undefined) return putNew(item);
    return {
      Put: {
        TableName: table,
        Item: toItem(item),
        ConditionExpression: '#at = :at AND done = :done',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: toItem({ ':at': from.at, ':done': from.done }),
      },
    };
  }

  function stillOpen({ sequence, ...day }: DayRef & { readonly sequence: number }): TransactWriteItem {
    const check = { TableName: table, Key: toItem(journalKeys.day(day)) };
    if (sequence === 0) return { ConditionCheck: { ...check, ConditionExpression: 'attribute_not_exists(pk)' } };
    return {
      ConditionCheck: {
        ...check,
        ConditionExpression: '#sequence = :sequence',
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: toItem({ ':sequence': sequence }),
      },
    };
  }

  /** Adding needs no reading before it, and is safe here: it goes with the progress or not at all. */
  function added(day: JournalTransaction['owners'][number]): TransactWriteItem {
    const { owner, sequence, figures } = day;
    const changed = figureNames.filter((name) => figures[name] !== 0n);
    const adds = changed.map((name) => `#${name} :${name}`);
    return {
      Update: {
        TableName: table,
        Key: toItem(journalKeys.total(day)),
        UpdateExpression: `SET #kind = :kind, ownerKind = :ownerKind, ownerId = :ownerId, #sequence = :sequence${
          adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''
        }`,
        ExpressionAttributeNames: {
          ...{ '#kind': 'kind', '#sequence': 'sequence' },
          ...Object.fromEntries(changed.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: toItem({
          ...{ ':kind': 'TOTAL', ':ownerKind': owner.kind, ':ownerId': owner.id, ':sequence': sequence },
          ...Object.fromEntries(changed.map((name) => [`:${name}`, figures[name]])),
        }),
      },
    };
  }

  /**
   * Closes a day of a market: what comes for it from now on goes to the settlement after `sequence`. Throws what DynamoDB throws,
   * also where the day is not in that settlement any more.
   */
  async function closeDay(tenant: string, marketId: string, date: PlainDate, sequence: number): Promise<void> {
    const days = Array.from({ length: journalGroups }, (_, group) => ({ tenant, marketId, date, group }));
    await write(
      days.map((day) => {
        const item = { ...journalKeys.day(day), kind: 'DAY', sequence: sequence + 1 };
        if (sequence === 0) return putNew(item);
        return {
          Put: {
            TableName: table,
            Item: toItem(item),
            ConditionExpression: '#sequence = :before',
            ExpressionAttributeNames: { '#sequence': 'sequence' },
            ExpressionAttributeValues: toItem({ ':before': sequence }),
          },
        };
      }),
    );
  }

  /** All totals of a market's day in one group, of one settlement of it or of all. */
  async function readTotals(day: DayRef, sequence?: number): Promise<DayTotal[]> {
    const items = await queryAll({
      KeyConditionExpression: sequence === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sequence)',
      ExpressionAttributeValues: toItem({
        ':pk': totalsPk(day),
        ...(sequence !== undefined && { ':sequence': `${sequenceText(sequence)}#` }),
      }),
      ConsistentRead: true,
    });
    return items.map(totalFromPlain);
  }

  /** Lines of an owner's day, a few blocks of them, from behind a place; of one settlement of the day or of all. */
  async function readLines(
    tenant: string,
    owner: Owner,
    date: PlainDate,
    { after, blocks, sequence }: { readonly after?: string; readonly blocks: number; readonly sequence?: number },
  ): Promise<{ readonly lines: JournalLine[]; readonly next?: string }> {
    const prefix = sequence === undefined ? '' : `${sequenceText(sequence)}#`;
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': linesPk(tenant, owner, date),
        // No key ends in U+0000, and none goes on with U+FFFF.
        ':from': after === undefined ? prefix || ' ' : `${after}\u0000`,
        ':to': `${prefix}\uffff`,
      }),
      ConsistentRead: true,
      Limit: blocks,
    });
    const lines = items.flatMap(({ text }: Plain) => String(text).split('\n').map(unpackLine));
    const last = items.at(-1);
    return { lines, ...(lastKey && last && { next: String(last.sk) }) };
  }

  /** Orders by number, in no order; those that are not there are left out. */
  async function readOrdersByNo(tenant: string, nos: Iterable<string>): Promise<Order[]> {
    const wanted = [...new Set(nos)].map((no) => keys.order(tenant, no));
    return (await batchGet(client, table, wanted)).map(orderFromPlain);
  }

  return { readOrdersByNo, readBefore, readSequences, writeJournal, closeDay, readTotals, readLines };
}

function sequencesIn(
  days: readonly DayRef[],
  itemOf: (key: { pk: string; sk: string }) => Plain | undefined,
): Sequences {
  return new Map(
    days.flatMap((day) => {
      const item = itemOf(journalKeys.day(day));
      return item ? [[dayKey(day), Number(item.sequence)] as const] : [];
    }),
  );
}
