import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import type { CollectedCredit, CollectedState } from './collected/collected-credit.ts';
import { collectedFromPlain, collectedToPlain } from './collected/collected-items.ts';
import { collectedOf, keys, openCollected } from './keys.ts';
import { readListPage } from './list-page.ts';

/** What statements say came of files of collections; reads by id are strongly consistent. */
export function collectedStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readCollected(tenant: string, id: string): Promise<CollectedCredit | undefined> {
    const item = await get(keys.collectedCredit(tenant, id));
    return item && collectedFromPlain(item);
  }

  /** A new one. Throws what DynamoDB throws. */
  const createCollected = (collected: CollectedCredit) => write([putNew(collectedToPlain(collected))]);

  /** Only where it still stands as it was read; with the record of a key. Throws what DynamoDB throws. */
  const replaceCollected = (next: CollectedCredit, { revision }: CollectedCredit, claim?: KeyClaim) =>
    write([putNext(collectedToPlain(next), revision), ...(claim ? [putNew(keyToPlain(next.tenant, claim))] : [])]);

  /** A page of those of a tenant in a state, the longest there first, from behind a place; the index may lag a moment. */
  async function listCollected(tenant: string, state: CollectedState, after: string | undefined, count: number) {
    const asked = { of: collectedOf(tenant, state), after, count, direction: 'FORWARD' } as const;
    const { items, ...more } = await readListPage({ query }, asked);
    return { page: items.map(collectedFromPlain), ...more };
  }

  /** A page of those of all tenants that are to be compared again; the index may lag a moment. */
  async function listToCompare(after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byOpen',
      KeyConditionExpression: after === undefined ? 'openOf = :of' : 'openOf = :of AND openAt > :after',
      ExpressionAttributeValues: toItem({ ':of': openCollected, ...(after !== undefined && { ':after': after }) }),
      Limit: count,
    });
    const places = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const last = items.length === count ? items.at(-1) : undefined;
    return {
      collected: (await batchGet(client, table, places)).map(collectedFromPlain),
      ...(last && { next: String(last.openAt) }),
    };
  }

  return { readCollected, createCollected, replaceCollected, listCollected, listToCompare };
}
