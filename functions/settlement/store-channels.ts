import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { channelFromPlain, channelToPlain } from './channels/channel-items.ts';
import type { MarketChannel } from './channels/market-channel.ts';
import { keys } from './keys.ts';

/** The pay channels of markets; all reads are strongly consistent. */
export function channelStore(client: DynamoDBClient, table: string) {
  const { get, queryAll } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readChannel(tenant: string, marketId: string, channelId: string): Promise<MarketChannel | undefined> {
    const item = await get(keys.channel(tenant, marketId, channelId));
    return item && channelFromPlain(item);
  }

  /** Those of a market by id; they are few. */
  async function listChannels(tenant: string, marketId: string): Promise<MarketChannel[]> {
    const { pk, sk } = keys.channel(tenant, marketId, '');
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :channels)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':channels': sk }),
      ConsistentRead: true,
    });
    return items.map(channelFromPlain);
  }

  /** The next state of a channel, only over the one before it. Throws what DynamoDB throws. */
  async function writeChannel(next: MarketChannel): Promise<void> {
    const item = channelToPlain(next);
    await write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  }

  return { readChannel, listChannels, writeChannel };
}
