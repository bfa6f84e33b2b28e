import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { heapPk, orderHeaps } from './keys.ts';

const heapsAtOnce = 8;

/** One time through the orders of a market. */
export interface OrderPass {
  /** Only orders that were changed last behind a day; none: all. */
  readonly behind: PlainDate | undefined;
  /** Only those that came to something by the end of a day, as it is known by then: asked for each page. */
  until(): PlainDate | undefined;
  /** Asked for each page: what was not shown by then is not shown. */
  isOver(): boolean;
  visit(order: Plain): void;
}

/** All orders of a market, as the table has them; for proofs. */
export function marketOrderStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /**
   * Shows orders of a market in no order, each once; strongly consistent. Answers whether it has shown all of them. The heaps of the
   * tenant are read whole: what it costs to read is that of all its orders, 0.25 units each. What a pass does not ask for is left
   * in the table.
   */
  async function visitOrders(
    { tenant, marketId }: { readonly tenant: string; readonly marketId: string },
    pass: OrderPass,
  ): Promise<boolean> {
    const heaps = Array.from({ length: orderHeaps }, (_, heap) => heap);
    const limit = pLimit(heapsAtOnce);
    const readHeap = async (heap: number) => {
      let lastKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        if (pass.isOver()) return false;
        const until = pass.until();
        const page = await query({
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: `marketId = :market AND changedOn > :behind${until === undefined ? '' : cameBy}`,
          ExpressionAttributeValues: toItem({
            ':pk': heapPk(tenant, heap),
            ':market': marketId,
            ':behind': pass.behind ?? ' ',
            ...(until !== undefined && { ':until': until }),
          }),
          ConsistentRead: true,
          ...(lastKey && { ExclusiveStartKey: lastKey }),
        });
        for (const item of page.items) pass.visit(item);
        lastKey = page.lastKey;
      } while (lastKey);
      return true;
    };
    const shown = await Promise.all(heaps.map((heap) => limit(readHeap, heap)));
    return shown.every((isWhole) => isWhole);
  }

  return { visitOrders };
}

/** Where it is not noted when an order came to something, it is shown. */
const cameBy = ' AND (attribute_not_exists(firstOn) OR firstOn <= :until)';
