import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keyToPlain } from './key-items.ts';
import { keys, returnedOf } from './keys.ts';
import { type ReturnedCredit, type ReturnedState, returnedState } from './returned/returned-credit.ts';
import { openReturnedToPlain, returnedFromPlain, returnedToPlain } from './returned/returned-items.ts';

/** Returned credits that are open, of one tenant, that are looked at for what came, at most. */
export const openReturnedMax = 1_000;

/** One that is open, with what tells whether a receipt may be its own. */
export interface OpenReturned {
  readonly id: string;
  readonly legalEntity: string;
  readonly currency: string;
}

/** Credits that banks took back; reads by id and of all that are open are strongly consistent. */
export function returnedStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, putAnyhow, remove, write } = transactionParts(client, table);

  async function readReturned(tenant: string, id: string): Promise<ReturnedCredit | undefined> {
    const item = await get(keys.returnedCredit(tenant, id));
    return item && returnedFromPlain(item);
  }

  /** A new one, with that it is open; false where it is there, be it from an earlier try without an answer. */
  const keepReturned = (returned: ReturnedCredit): Promise<boolean> =>
    writeRetried(() => write([putNew(returnedToPlain(returned)), putAnyhow(openReturnedToPlain(returned))]));

  /** The next state of one, only where it still stands as it was read; with the record of a key. Throws what DynamoDB throws. */
  async function replaceReturned(next: ReturnedCredit, { revision }: ReturnedCredit, claim?: KeyClaim): Promise<void> {
    await write([
      putNext(returnedToPlain(next), revision),
      ...(returnedState(next) === 'OPEN' ? [] : [remove(openReturnedToPlain(next))]),
      ...(claim ? [putNew(keyToPlain(next.tenant, claim))] : []),
    ]);
  }

  /** Those that are open; read after a receipt was written, it misses none that was kept before. */
  async function listOpenReturned(tenant: string): Promise<OpenReturned[]> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.openReturned(tenant, '').pk }),
      ConsistentRead: true,
      Limit: openReturnedMax,
    });
    return items.map(({ id, legalEntity, currency }) => ({
      id: String(id),
      legalEntity: String(legalEntity),
      currency: String(currency),
    }));
  }

  /** A page of those in a state, the longest there first, from behind a place; the index may lag a moment. */
  async function listReturned(tenant: string, state: ReturnedState, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: after === undefined ? 'listOf = :of' : 'listOf = :of AND listAt > :after',
      ExpressionAttributeValues: toItem({
        ':of': returnedOf(tenant, state),
        ...(after !== undefined && { ':after': after }),
      }),
      Limit: count + 1,
    });
    const last = items.length > count ? items[count - 1] : undefined;
    return { page: items.slice(0, count).map(returnedFromPlain), ...(last && { next: String(last.listAt) }) };
  }

  return { readReturned, keepReturned, replaceReturned, listOpenReturned, listReturned };
}
