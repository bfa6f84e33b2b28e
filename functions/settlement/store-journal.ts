import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { channelFigureNames } from './journal/channel-day.ts';
import { parkedToPlain, positionFromPlain, postingToPlain } from './journal/journal-items.ts';
import { journalKeys } from './journal/journal-keys.ts';
import type { LostLines } from './journal/lost-lines.ts';
import type { Before } from './journal/plan-batch.ts';
import type { Parked, Position } from './journal/step.ts';
import type { DayRef, JournalTransaction, OwnerDay, Posting } from './journal/transaction.ts';
import { keys } from './keys.ts';
import { stillIn } from './store-day-check.ts';
import { sequencesIn } from './store-days.ts';
import { totalAdded } from './store-total-added.ts';

/**
 * What proves how far steps are written: a group's position in a shard, a record that was put aside, or how often lines that were
 * lost were written of an order, which is as it was read.
 */
export type Progress =
  | { readonly of: 'GROUP'; readonly shard: string; readonly group: number }
  | { readonly of: 'PARKED'; readonly parked: Parked; readonly steps: number }
  | { readonly of: 'LOST'; readonly order: LostLines['order']; readonly times: number };

/** What writes settlement's journal; reads by key are strongly consistent. */
export function journalStore(client: DynamoDBClient, table: string) {
  const { putNew, putNext, check, write } = transactionParts(client, table);

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

  /**
   * Writes a transaction of the plan, whole or not at all: only where the progress stands as it was read, and the days are in the
   * settlement that was read. Throws what DynamoDB throws.
   */
  async function writeJournal(progress: Progress, transaction: JournalTransaction): Promise<void> {
    const { days, owners, channels, postings, parked, to } = transaction;
    const source = sourceOf(progress);
    await write([
      ...moved(progress, transaction),
      ...days.map((day) => stillIn(table, day)),
      ...owners.flatMap((day) =>
        day.blocks.map((text, place) =>
          putNew({ ...journalKeys.block(day, to, place, source), kind: 'LINES', text, ...postedBy(day, postings) }),
        ),
      ),
      ...owners.map((day) => totalAdded(table, day)),
      ...channels.map(addedToChannel),
      ...postings.map((posting) => putNew(postingToPlain(posting))),
      ...parked.flatMap((one) => parkedToPlain(one).map((item) => putNew(item))),
    ]);
  }

  function moved(progress: Progress, { from, to }: JournalTransaction): TransactWriteItem[] {
    if (progress.of === 'GROUP') return [movedGroup(progress, from, to)];
    if (progress.of === 'LOST') {
      const { order, times } = progress;
      const { tenant, no: orderNo } = order;
      const next = { ...journalKeys.lost(tenant, orderNo), kind: 'LOST_LINES', tenant, orderNo, revision: times + 1 };
      return [check(keys.order(tenant, orderNo), order.revision), times === 0 ? putNew(next) : putNext(next, times)];
    }
    const { parked, steps } = progress;
    const key = journalKeys.parked(parked.tenant, parked.at, parked.shard);
    const asRead = {
      TableName: table,
      Key: toItem(key),
      ConditionExpression: 'done = :before',
      ExpressionAttributeValues: toItem({ ':before': parked.done }),
    };
    if (to.done === steps) {
      const images = (['before', 'after'] as const).map((image) =>
        journalKeys.parkedImage(parked.tenant, parked.at, parked.shard, image),
      );
      return [{ Delete: asRead }, ...images.map((image) => ({ Delete: { TableName: table, Key: toItem(image) } }))];
    }
    const values = toItem({ ':before': parked.done, ':after': to.done });
    return [{ Update: { ...asRead, UpdateExpression: 'SET done = :after', ExpressionAttributeValues: values } }];
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

  function addedToChannel(day: JournalTransaction['channels'][number]): TransactWriteItem {
    return {
      Update: {
        TableName: table,
        Key: toItem(journalKeys.channelTotal(day.tenant, day.marketId, day.date, day.channelId)),
        UpdateExpression: `SET #kind = :kind ADD ${channelFigureNames.map((name) => `#${name} :${name}`).join(', ')}`,
        ExpressionAttributeNames: {
          '#kind': 'kind',
          ...Object.fromEntries(channelFigureNames.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: toItem({
          ':kind': 'CHANNEL_TOTAL',
          ...Object.fromEntries(channelFigureNames.map((name) => [`:${name}`, day[name]])),
        }),
      },
    };
  }

  return { readBefore, writeJournal };
}

/** What consumers paid names what it was posted by, so that it can be looked for in the ledger. */
function postedBy({ tenant, marketId, owner }: OwnerDay, postings: readonly Posting[]) {
  if (owner.kind !== 'MARKET') return {};
  return { postings: postings.filter((one) => one.tenant === tenant && one.marketId === marketId).map(({ id }) => id) };
}

/** A record that was put aside is the last of some other transaction of its shard too. */
function sourceOf(progress: Progress): string {
  switch (progress.of) {
    case 'GROUP':
      return progress.shard;
    case 'PARKED':
      return `parked ${progress.parked.shard}`;
    case 'LOST':
      return `lost ${progress.order.no}`;
  }
}
