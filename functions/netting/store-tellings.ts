import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { keys, openTellings } from './keys.ts';
import type { Telling, TellingKind, ToldPage } from './telling/telling.ts';
import { pageToPlain, tellingFromPlain, tellingToPlain } from './telling/telling-items.ts';

/** What sources are told of the obligations of cycles; reads are strongly consistent. */
export function tellingStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readTelling(tenant: string, cycleId: string, kind: TellingKind): Promise<Telling | undefined> {
    const item = await get(keys.telling(tenant, cycleId, kind));
    return item && tellingFromPlain(item);
  }

  /** How far it got and the pages up to there, only over how far it had got before. Throws what DynamoDB throws. */
  const writeTelling = (next: Telling, pages: readonly ToldPage[]) =>
    write([
      next.revision === 1 ? putNew(tellingToPlain(next)) : putNext(tellingToPlain(next), next.revision - 1),
      ...pages.map((page) => putNew(pageToPlain(page))),
    ]);

  /** A page of those of all tenants that are due to be handed on; the index may lag a moment. */
  async function listOpenTellings(now: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byDue',
      KeyConditionExpression:
        after === undefined ? 'dueOf = :of AND dueAt <= :to' : 'dueOf = :of AND dueAt BETWEEN :after AND :to',
      ExpressionAttributeValues: toItem({
        ':of': openTellings,
        // Behind every one of this very instant.
        ':to': `${now}#\uffff`,
        ...(after !== undefined && { ':after': `${after}\u0000` }),
      }),
      Limit: count,
    });
    const found = items.map(({ dueAt }) => String(dueAt));
    const due = found.map((dueAt) => {
      const [, tenant = '', cycleId = '', kind = ''] = dueAt.split('#');
      return { tenant, cycleId, kind: kind as TellingKind };
    });
    return { due, ...(found.length === count && { next: found.at(-1) ?? '' }) };
  }

  return { readTelling, writeTelling, listOpenTellings };
}
