import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { openOf } from './invoices/invoice.ts';
import { invoiceFromPlain } from './invoices/invoice-items.ts';
import { keys, openInvoicePlace, openInvoiceShards } from './keys.ts';
import type { InvoicePage, PageAsked } from './store-invoices.ts';

/** Customers whose open invoices are looked up side by side. */
const lookupsAtOnceMax = 16;

/** Open invoices of many customers, or of all. */
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

  /**
   * The ids of the open invoices of some customers, by due day, of each so many at most; `cut` names the customers that have
   * more. The index may lag a moment, so that one of them may be paid since.
   */
  async function listOpenInvoiceIds(tenant: string, customerIds: readonly string[], countMax: number) {
    const limit = pLimit(lookupsAtOnceMax);
    const found = await Promise.all(customerIds.map((one) => limit(() => readPlaces(tenant, one, countMax + 1))));
    const cut = new Set(customerIds.filter((_, place) => (found[place]?.length ?? 0) > countMax));
    return { ids: found.flatMap((ids) => ids.slice(0, countMax)), cut };
  }

  async function readPlaces(tenant: string, customerId: string, count: number): Promise<string[]> {
    const { openOf: of, openAt } = openInvoicePlace(tenant, customerId, '', '');
    const ids: string[] = [];
    let lastKey: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const page = await query({
        IndexName: 'byOpen',
        KeyConditionExpression: 'openOf = :of AND begins_with(openAt, :customer)',
        ExpressionAttributeValues: toItem({ ':of': of, ':customer': openAt.slice(0, -1) }),
        Limit: count - ids.length,
        ...(lastKey && { ExclusiveStartKey: lastKey }),
      });
      ids.push(...page.items.map(({ pk }) => String(pk).slice(tenant.length + 1)));
      lastKey = page.lastKey;
    } while (lastKey && ids.length < count);
    return ids;
  }

  return { listOpenInvoices, listOpenInvoiceIds };
}
