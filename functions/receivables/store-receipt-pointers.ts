import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import {
  type MoneyName,
  nameKey,
  type Pointed,
  pointedFromPlain,
  pointersToPlain,
  type ReceiptPointers,
} from './receipts/receipt-pointers.ts';

/** Receipts that one thing leads to and that are looked through, at most. */
export const pointedAtMax = 100;

/** What leads to receipts; reads are strongly consistent, answer `pointedAtMax` at most, and say where there are more. */
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
  ): Promise<Pointed> {
    const { pk } = keys.receiptOfName(tenant, on, nameKey(name), '');
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      ConsistentRead: true,
      Limit: pointedAtMax + 1,
    });
    return pointedOf(items);
  }

  /** What came to a legal entity in an amount of minor units from one day to another, both included, the latest first. */
  async function readReceiptsOfAmount(
    tenant: string,
    of: Pick<ReceiptPointers, 'toldBy' | 'legalEntity' | 'currency' | 'amount'>,
    { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  ): Promise<Pointed> {
    const { pk } = keys.receiptOfAmount(tenant, of, '', '');
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': `${to}\uffff` }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: pointedAtMax + 1,
    });
    return pointedOf(items);
  }

  return { writeReceiptPointers, readReceiptsOfName, readReceiptsOfAmount };
}

function pointedOf(items: readonly Plain[]): Pointed {
  return { pointed: items.slice(0, pointedAtMax).map(pointedFromPlain), isCut: items.length > pointedAtMax };
}
