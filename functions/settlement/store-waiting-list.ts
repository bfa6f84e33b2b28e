import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { waitingToPlain } from './journal/journal-items.ts';
import type { WaitingPosting } from './journal/posting.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export interface Place extends Key {
  readonly marketAt: string;
}

/** Lists of what waits, in the index `byMarket`, which may lag a moment. */
export function waitingList(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** A page of places of a list that begin so, from behind one. */
  async function listed(list: string, prefix: string, after: string | undefined, count: number) {
    const { items, lastKey } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: 'marketOf = :of AND marketAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':of': list,
        ':from': after === undefined ? prefix || ' ' : `${after}\u0000`,
        ':to': `${prefix}\uffff`,
      }),
      Limit: count,
    });
    const places = items.map(
      ({ pk, sk, marketAt }): Place => ({ pk: String(pk), sk: String(sk), marketAt: String(marketAt) }),
    );
    return { places, ...(lastKey && { next: places.at(-1)?.marketAt ?? '' }) };
  }

  /** What stands at places, in their order. */
  async function readInOrder(places: readonly Key[]): Promise<Plain[]> {
    const found = await batchGet(client, table, places.map(keyOf));
    const at = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    return places.flatMap(({ pk, sk }): Plain[] => {
      const item = at.get(`${pk} ${sk}`);
      return item ? [item] : [];
    });
  }

  return { listed, readInOrder };
}

export function keyOf({ pk, sk }: Key): Key {
  return { pk, sk };
}

/** Writes why a posting is not booked, where a condition holds; false where it does not. */
export function waitingWriter(client: DynamoDBClient, table: string) {
  const { update } = tableAccess(client, table);
  return (waiting: WaitingPosting, condition: string, values: Plain = {}): Promise<boolean> => {
    const { pk, sk, ...facts } = waitingToPlain(waiting);
    const names = Object.keys(facts);
    const isListed = 'marketOf' in facts;
    return update(
      { pk: String(pk), sk: String(sk) },
      {
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${isListed ? '' : ' REMOVE marketOf, marketAt'}`,
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: toItem({
          ...Object.fromEntries(names.map((name) => [`:${name}`, facts[name]])),
          ...values,
        }),
      },
    );
  };
}
