import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { channelToPlain } from './channels/channel-items.ts';
import type { MarketChannel } from './channels/market-channel.ts';
import { keys } from './keys.ts';
import type { Market } from './markets/market.ts';
import { marketFromPlain, marketToPlain } from './markets/market-items.ts';

/** Markets; all reads are strongly consistent. */
export function marketStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readMarket(tenant: string, marketId: string): Promise<Market | undefined> {
    const item = await get(keys.market(tenant, marketId));
    return item && marketFromPlain(item);
  }

  /** A page of markets by id, from behind one. */
  async function listMarkets(tenant: string, after: string | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({
        ':pk': keys.market(tenant, '').pk,
        ...(after !== undefined && { ':after': after }),
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    return { markets: items.slice(0, count).map(marketFromPlain), more: items.length > count };
  }

  /** A new market, its channels and the record of its key: all or nothing. Throws what DynamoDB throws. */
  const createMarket = (market: Market, channels: readonly MarketChannel[], claim: KeyClaim) =>
    write([
      putNew(marketToPlain(market)),
      ...channels.map((channel) => putNew(channelToPlain(channel))),
      putNew(keyToPlain(market.tenant, claim)),
    ]);

  /** The next state of a market, only over the one before it. Throws what DynamoDB throws. */
  const replaceMarket = (next: Market) => write([putNext(marketToPlain(next), next.revision - 1)]);

  return { readMarket, listMarkets, createMarket, replaceMarket };
}
