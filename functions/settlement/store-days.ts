import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { Sequences } from './journal/draft.ts';
import type { Owner } from './journal/entry.ts';
import { journalGroups } from './journal/groups.ts';
import { type DayTotal, totalFromPlain } from './journal/journal-items.ts';
import { journalKeys, linesPk, sequenceText, totalsPk } from './journal/journal-keys.ts';
import type { JournalLine } from './journal/line.ts';
import { unpackLine } from './journal/pack-lines.ts';
import { type DayRef, dayKey } from './journal/transaction.ts';
import { keys } from './keys.ts';
import type { Order } from './orders/order.ts';
import { orderFromPlain } from './orders/order-items.ts';

/** One settlement of a market's day. */
type MarketDay = Omit<DayRef, 'group'> & { readonly sequence: number };

/** Days of the journal: what they come to, their lines, and when they are closed; all reads are strongly consistent. */
export function dayStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll, putNew: putOnce } = tableAccess(client, table);
  const { putNew, write } = transactionParts(client, table);

  /** The settlements that days of markets are in; none noted for one that was never closed. */
  async function readSequences(days: readonly DayRef[]): Promise<Sequences> {
    // Merchants of one group share a key.
    const asked = new Map(days.map((day) => [dayKey(day), journalKeys.day(day)]));
    const found = await batchGet(client, table, [...asked.values()]);
    const byKey = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    return sequencesIn(days, ({ pk, sk }) => byKey.get(`${pk} ${sk}`));
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

  /** Notes that merchants are settled from now on in a settlement of a closed day: what is split later goes to another one. */
  async function noteBegun(day: MarketDay): Promise<void> {
    await putOnce({ ...journalKeys.begun(day), kind: 'DAY_BEGUN' });
  }

  const isBegun = async (day: MarketDay) => (await get(journalKeys.begun(day))) !== undefined;

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

  /** Notes that lines for a day come late. */
  async function noteLateDay({ tenant, marketId, date }: Omit<DayRef, 'group'>, writtenOn: PlainDate): Promise<void> {
    await putOnce({ ...journalKeys.lateDay(tenant, marketId, writtenOn, date), kind: 'LATE_DAY' });
  }

  /** Days for which lines came late on a day or since, each as often as they did. */
  async function listLateDays(tenant: string, marketId: string, since: PlainDate | ''): Promise<PlainDate[]> {
    const { pk } = journalKeys.lateDay(tenant, marketId, since, '');
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND sk > :since',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':since': since || ' ' }),
      ConsistentRead: true,
    });
    return items.map(({ sk }) => String(sk).split('#')[1] ?? '');
  }

  /** Orders by number, in no order; those that are not there are left out. */
  async function readOrdersByNo(tenant: string, nos: Iterable<string>): Promise<Order[]> {
    const wanted = [...new Set(nos)].map((no) => keys.order(tenant, no));
    return (await batchGet(client, table, wanted)).map(orderFromPlain);
  }

  return {
    readSequences,
    closeDay,
    noteBegun,
    isBegun,
    readTotals,
    readLines,
    noteLateDay,
    listLateDays,
    readOrdersByNo,
  };
}

/** Of items of days by their keys. */
export function sequencesIn(
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
