import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyReader, keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, mandatesOf } from './keys.ts';
import type { Mandate, Payer } from './mandates/mandate.ts';
import { mandateFromPlain, mandateToPlain, usageFromPlain } from './mandates/mandate-items.ts';
import type { MandateUsage } from './mandates/mandate-usage.ts';

/** Mandates, which of them has an agreement number, and what they were used for. */
export function mandateStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);

  async function readMandate(tenant: string, mandateId: string): Promise<Mandate | undefined> {
    const item = await get(keys.mandate(tenant, mandateId));
    return item && mandateFromPlain(item);
  }

  async function readUsage(tenant: string, mandateId: string): Promise<MandateUsage> {
    return usageFromPlain(await get(keys.usage(tenant, mandateId)));
  }

  /** The mandate that has an agreement number. */
  async function readAgreement(tenant: string, agreementNumber: string): Promise<string | undefined> {
    const item = await get(keys.agreement(tenant, agreementNumber));
    return item && String(item.mandateId);
  }

  /** Which mandates have agreement numbers. */
  async function readAgreements(tenant: string, numbers: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(numbers)].map((number) => keys.agreement(tenant, number));
    const items = await batchGet(client, table, wanted);
    const before = keys.agreement(tenant, '').pk.length;
    return new Map(items.map(({ pk, mandateId }) => [String(pk).slice(before), String(mandateId)]));
  }

  async function readMandates(tenant: string, mandateIds: Iterable<string>): Promise<Map<string, Mandate>> {
    const wanted = [...new Set(mandateIds)].map((id) => keys.mandate(tenant, id));
    const items = await batchGet(client, table, wanted);
    return new Map(items.map((item) => [String(item.id), mandateFromPlain(item)]));
  }

  /** Who pays by mandates, by the mandate's id. */
  async function readPayers(tenant: string, mandateIds: Iterable<string>): Promise<Map<string, Payer>> {
    const wanted = [...new Set(mandateIds)].map((id) => keys.mandate(tenant, id));
    const items = await batchGet(client, table, wanted);
    return new Map(items.map(({ id, payer }) => [String(id), payer as Payer]));
  }

  /** Mandates and what they have been used for, by id. */
  async function readMandatesInUse(tenant: string, mandateIds: Iterable<string>) {
    const ids = [...new Set(mandateIds)];
    const wanted = ids.flatMap((id) => [keys.mandate(tenant, id), keys.usage(tenant, id)]);
    const mandates = new Map<string, Mandate>();
    const usages = new Map<string, MandateUsage>();
    for (const item of await batchGet(client, table, wanted)) {
      if (item.kind === 'MANDATE') mandates.set(String(item.id), mandateFromPlain(item));
      else usages.set(String(item.pk).slice(tenant.length + 1), usageFromPlain(item));
    }
    return { mandates, usages };
  }

  const readKey = keyReader({ get });

  /** A page of mandates, the newest first, from behind a place; the index may lag a moment. */
  async function listMandates(tenant: string, before: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: before === undefined ? 'listOf = :of' : 'listOf = :of AND listAt < :before',
      ExpressionAttributeValues: toItem({
        ':of': mandatesOf(tenant),
        ...(before !== undefined && { ':before': before }),
      }),
      ScanIndexForward: false,
      Limit: count + 1,
    });
    const page = items.slice(0, count);
    const mandates = page.map((item) => ({ mandate: mandateFromPlain(item), at: String(item.listAt) }));
    return { mandates, more: items.length > count };
  }

  const put = (item: Plain, condition: string, values?: Plain): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: toItem(item),
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: toItem(values) }),
    },
  });
  const isNew = 'attribute_not_exists(pk)';

  /** A new mandate, its agreement number, and the record of its key: all or nothing. Throws what DynamoDB throws. */
  async function createMandate(mandate: Mandate, claim: KeyClaim): Promise<void> {
    const { tenant, id: mandateId, agreementNumber } = mandate;
    const TransactItems = [
      put(mandateToPlain(mandate), isNew),
      put({ ...keys.agreement(tenant, agreementNumber), kind: 'AGREEMENT', mandateId }, isNew),
      put(keyToPlain(tenant, claim), isNew),
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  /** The next state of a mandate, only where it still stands as it was read. Throws what DynamoDB throws. */
  async function replaceMandate(next: Mandate, { revision }: Mandate): Promise<void> {
    const TransactItems = [put(mandateToPlain(next), 'revision = :before', { ':before': revision })];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  return {
    readMandate,
    readUsage,
    readAgreement,
    readAgreements,
    readMandates,
    readPayers,
    readMandatesInUse,
    readKey,
    listMandates,
    createMandate,
    replaceMandate,
  };
}
