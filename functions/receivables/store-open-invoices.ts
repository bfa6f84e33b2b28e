import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { openOf } from './invoices/invoice.ts';
import { invoiceFromPlain } from './invoices/invoice-items.ts';
import { keys, openInvoiceShards } from './keys.ts';
import type { InvoicePage, PageAsked } from './store-invoices.ts';

/** Open invoices of all customers. */
export function openInvoiceStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /**
   * A page of all open invoices of a tenant, shard by shard, each by customer and due day. The index may lag a moment; a page may
   * hold fewer than `count`, `next` alone tells that there are more.
   */
  async function listOpenInvoices(tenant: string, { after, count }: PageAsked): Promise<InvoicePage> {
    const shards = openInvoiceShards(tenant);
    const [shardText = '0', ...rest] = (after ?? '0').split('|');
    const shard = Number(shardText);
    const behind = rest.join('|');
    const { items } = await query({
      IndexName: 'byOpen',
      KeyConditionExpression: behind === '' ? 'openOf = :of' : 'openOf = :of AND openAt > :behind',
      ExpressionAttributeValues: toItem({ ':of': shards[shard] ?? '', ...(behind !== '' && { ':behind': behind }) }),
      Limit: count,
    });
    const wanted = items.map(({ pk }) => keys.invoice(tenant, String(pk).slice(tenant.length + 1)));
    const invoices = (await batchGet(client, table, wanted)).map(invoiceFromPlain);
    const last = items.length === count ? items.at(-1) : undefined;
    const next = last ? `${shard}|${String(last.openAt)}` : shard + 1 < shards.length ? `${shard + 1}|` : undefined;
    return { invoices: invoices.filter((invoice) => openOf(invoice) > 0n), ...(next !== undefined && { next }) };
  }

  return { listOpenInvoices };
}
