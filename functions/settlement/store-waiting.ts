import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { parkedFromPlain, waitingFromPlain, waitingToPlain } from './journal/journal-items.ts';
import { journalKeys, parkedRecords, waitingPostings } from './journal/journal-keys.ts';
import type { WaitingPosting } from './journal/posting.ts';

/** What of the journal waits: postings that the ledger refused, records that could not be computed. */
export function waitingStore(client: DynamoDBClient, table: string) {
  const { get, query, update } = tableAccess(client, table);

  /** Keeps why a posting is not booked; false where another kept it already. */
  const keepWaiting = (waiting: WaitingPosting) => putOver(waiting, 'attribute_not_exists(revision)');

  /** The next state of a waiting posting, only over the one that was read. */
  const replaceWaiting = (next: WaitingPosting, { revision }: WaitingPosting) =>
    putOver(next, 'revision = :before', { ':before': revision });

  async function putOver(waiting: WaitingPosting, condition: string, values: Plain = {}): Promise<boolean> {
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
  }

  async function readWaiting(tenant: string, id: string): Promise<WaitingPosting | undefined> {
    const item = await get(journalKeys.posting(tenant, id));
    return item?.revision === undefined ? undefined : waitingFromPlain(item);
  }

  /** A page of postings to ask for again until an instant, the longest due first; the index may lag a moment. */
  async function listWaiting(until: string, after: string | undefined, count: number) {
    const { keys, next } = await listed(waitingPostings, after, `${until}\uffff`, count);
    const found = await batchGet(client, table, keys);
    const waiting = found.filter(({ marketOf }) => marketOf === waitingPostings).map(waitingFromPlain);
    return { waiting, ...(next !== undefined && { next }) };
  }

  /** A page of records put aside, of one tenant or of all; the index may lag a moment. */
  async function listParked(tenant: string | undefined, after: string | undefined, count: number) {
    const prefix = tenant === undefined ? '' : `${tenant}#`;
    const { keys, next } = await listed(parkedRecords, after ?? prefix, `${prefix}\uffff`, count);
    const parked = (await batchGet(client, table, keys)).map(parkedFromPlain);
    return { parked, ...(next !== undefined && { next }) };
  }

  async function listed(list: string, after: string | undefined, to: string, count: number) {
    const { items, lastKey } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: 'marketOf = :of AND marketAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':of': list, ':from': after ? `${after}\u0000` : ' ', ':to': to }),
      Limit: count,
    });
    const keys = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    return { keys, ...(lastKey && { next: String(items.at(-1)?.marketAt) }) };
  }

  return { keepWaiting, replaceWaiting, readWaiting, listWaiting, listParked };
}
