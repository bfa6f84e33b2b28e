import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Block } from './batches/batch.ts';
import { blockFromPlain } from './batches/block-items.ts';
import { keys, settledShards } from './keys.ts';
import {
  type ReachedLargeValue,
  reachedToPlain,
  type SettledDay,
  settledDayFromPlain,
} from './large-values/large-value-items.ts';

/** Where money of a day lies, and the large values that were found in it. The marks themselves are written with the blocks. */
export function largeValueStore(client: DynamoDBClient, table: string) {
  const { queryAll, putNew } = tableAccess(client, table);

  /** The blocks with money that came on a day. */
  async function readSettledBlocks(tenant: string, date: PlainDate): Promise<Pick<Block, 'batchId' | 'block'>[]> {
    const marks = await queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.settledDay(tenant, date, '', 0).pk }),
      ConsistentRead: true,
    });
    return marks.map(({ batchId, block }) => ({ batchId: String(batchId), block: Number(block) }));
  }

  /** Blocks of any batches, in no order. */
  async function readBlocksOfBatches(
    tenant: string,
    places: readonly Pick<Block, 'batchId' | 'block'>[],
  ): Promise<Block[]> {
    const wanted = places.map(({ batchId, block }) => keys.block(tenant, batchId, block));
    return (await batchGet(client, table, wanted)).map(blockFromPlain);
  }

  /** The days of any tenant that were marked from an instant on, each once; the index may lag a moment. */
  async function readSettledDays(from: string): Promise<SettledDay[]> {
    const days = new Map<string, SettledDay>();
    for (const shard of settledShards) {
      const marks = await queryAll({
        IndexName: 'byTime',
        KeyConditionExpression: 'timeOf = :of AND timeAt >= :from',
        ExpressionAttributeValues: toItem({ ':of': shard, ':from': from }),
      });
      for (const mark of marks) days.set(String(mark.pk), settledDayFromPlain(mark));
    }
    return [...days.values()];
  }

  /** Keeps a large value; false where it is kept already. */
  const keepLargeValue = (reached: ReachedLargeValue) => putNew(reachedToPlain(reached));

  return { readSettledBlocks, readBlocksOfBatches, readSettledDays, keepLargeValue };
}
