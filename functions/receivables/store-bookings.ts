import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { RefusedBooking } from './booking/refused-booking.ts';
import { refusedFromPlain, refusedToPlain } from './booking/refused-booking-items.ts';
import { keys, refusedBookings } from './keys.ts';

/** What the ledger refused to book. */
export function bookingStore(client: DynamoDBClient, table: string) {
  const { query, putNew } = tableAccess(client, table);

  /** Notes a refusal, once. */
  const keepRefused = (refused: RefusedBooking) => putNew(refusedToPlain(refused));

  /** The next state of it; false where another was faster. */
  function replaceRefused(next: RefusedBooking, { revision }: RefusedBooking): Promise<boolean> {
    const input = {
      TableName: table,
      Item: toItem(refusedToPlain(next)),
      ConditionExpression: 'revision = :before',
      ExpressionAttributeValues: toItem({ ':before': revision }),
    };
    return writeRetried(() => client.send(new PutItemCommand(input)));
  }

  /** By the name of the fact; those that were never refused are left out. */
  async function readRefused(tenant: string, names: Iterable<string>): Promise<Map<string, RefusedBooking>> {
    const wanted = [...new Set(names)].map((name) => keys.refusedBooking(tenant, name));
    const found = (await batchGet(client, table, wanted)).map(refusedFromPlain);
    return new Map(found.map((refused) => [refused.booking.name.join('/'), refused]));
  }

  /**
   * A page of what is not booked, of one tenant or of all, the longest waiting of each first, from behind a place of the same
   * list; the index may lag a moment.
   */
  async function listRefused(tenant: string | undefined, after: string | undefined, count: number) {
    const prefix = tenant === undefined ? '' : `${tenant}#`;
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: 'listOf = :of AND listAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':of': refusedBookings,
        // No place ends in U+0000, and none goes on with U+FFFF.
        ':from': after === undefined ? prefix || ' ' : `${prefix}${after}\u0000`,
        ':to': `${prefix}\uffff`,
      }),
      Limit: count + 1,
    });
    const page = items.slice(0, count).map((item: Plain) => ({
      refused: refusedFromPlain(item),
      at: String(item.listAt).slice(prefix.length),
    }));
    return { page, more: items.length > count };
  }

  return { keepRefused, replaceRefused, readRefused, listRefused };
}
