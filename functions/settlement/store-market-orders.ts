import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { heapPk, orderHeaps } from './keys.ts';

const heapsAtOnce = 8;

/** All orders of a market, as the table has them; for proofs. */
export function marketOrderStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /**
   * Shows every order of a market that was changed last behind a day, or every one, in no order, each once; strongly consistent. The
   * heaps of the tenant are read whole: what it costs to read is that of all its orders, 0.25 units each.
   */
  async function visitOrders(
    { tenant, marketId }: { readonly tenant: string; readonly marketId: string },
    behind: PlainDate | undefined,
    visit: (order: Plain) => void,
  ): Promise<void> {
    const heaps = Array.from({ length: orderHeaps }, (_, heap) => heap);
    const limit = pLimit(heapsAtOnce);
    const readHeap = async (heap: number) => {
      let lastKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await query({
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: 'marketId = :market AND changedOn > :behind',
          ExpressionAttributeValues: toItem({
            ':pk': heapPk(tenant, heap),
            ':market': marketId,
            ':behind': behind ?? ' ',
          }),
          ConsistentRead: true,
          ...(lastKey && { ExclusiveStartKey: lastKey }),
        });
        for (const item of page.items) visit(item);
        lastKey = page.lastKey;
      } while (lastKey);
    };
    await Promise.all(heaps.map((heap) => limit(readHeap, heap)));
  }

  return { visitOrders };
}
