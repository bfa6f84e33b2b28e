import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import {
  type MoneyName,
  nameKey,
  type PointedAt,
  pointedFromPlain,
  pointersToPlain,
  type ReceiptPointers,
} from './receipts/receipt-pointers.ts';

/** Receipts that one thing leads to, at most: more of them tell nothing apart. */
export const pointedAtMax = 100;

/** What leads to receipts; reads are strongly consistent, and answer `pointedAtMax` at most. */
export function receiptPointerStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** Before the receipt itself, so that whoever finds the receipt finds what leads to it. Safe to repeat. */
  async function writeReceiptPointers(pointers: readonly ReceiptPointers[]): Promise<void> {
    const writer = batchWriter(client, table);
    const items = new Map(pointers.flatMap(pointersToPlain).map((item) => [`${item.pk} ${item.sk}`, item]));
    for (const item of items.values()) await writer.put(item);
    await writer.finish();
  }

  /** What came to an account under a name. */
  async function readReceiptsOfName(
    tenant: string,
    on: { readonly accountId: string; readonly currency: string },
    name: MoneyName,
  ): Promise<PointedAt[]> {
    const { pk } = keys.receiptOfName(tenant, on, nameKey(name), '');
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      ConsistentRead: true,
      Limit: pointedAtMax,
    });
    return items.map(pointedFromPlain);
  }

  /** What came to a legal entity in an amount of minor units from one day to another, both included, the latest first. */
  async function readReceiptsOfAmount(
    tenant: string,
    of: { readonly legalEntity: string; readonly currency: string; readonly amount: bigint },
    { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  ): Promise<PointedAt[]> {
    const { pk } = keys.receiptOfAmount(tenant, of, '', '');
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': `${to}\uffff` }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: pointedAtMax,
    });
    return items.map(pointedFromPlain);
  }

  return { writeReceiptPointers, readReceiptsOfName, readReceiptsOfAmount };
}
