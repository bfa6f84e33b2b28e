import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { parkedFromPlain, waitingFromPlain, waitingToPlain } from './journal/journal-items.ts';
import { askAtOf, journalKeys, parkedRecords, waitingOfMarket, waitingPostings } from './journal/journal-keys.ts';
import type { WaitingPosting } from './journal/posting.ts';
import type { Parked } from './journal/step.ts';

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

  /** A page of postings to ask for again until an instant; the index may lag a moment. Those of a later one may be all that it passes over. */
  async function listWaiting(until: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingPostings, '', after, count);
    const due = places.filter(({ marketAt }) => askAtOf(marketAt) <= until);
    return { waiting: await readAll(due), ...(next !== undefined && { next }) };
  }

  /** A page of postings of a market that wait, those that are asked for again first in front; the index may lag a moment. */
  async function listWaitingOf(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingPostings, waitingOfMarket(tenant, marketId), after, count);
    return { waiting: await readAll(places), ...(next !== undefined && { next }) };
  }

  async function readAll(places: readonly Place[]): Promise<WaitingPosting[]> {
    const found = await readInOrder(places);
    return found.filter(({ marketOf }) => marketOf === waitingPostings).map(waitingFromPlain);
  }

  /** A page of records put aside, of one tenant or of all; the index may lag a moment. */
  async function listParked(tenant: string | undefined, after: string | undefined, count: number) {
    const { places, next } = await listed(parkedRecords, tenant === undefined ? '' : `${tenant}#`, after, count);
    const parked = await readParkedAt(places.map(keyOf));
    return { parked, ...(next !== undefined && { next }) };
  }

  /** The same of one tenant without what the orders were: why they were put aside, and since when. */
  async function listParkedReasons(tenant: string, after: string | undefined, count: number) {
    const { places, next } = await listed(parkedRecords, `${tenant}#`, after, count);
    const parked = (await readInOrder(places)).map((record) => parkedFromPlain(record, {}));
    return { parked, ...(next !== undefined && { next }) };
  }

  async function readInOrder(places: readonly Key[]): Promise<Plain[]> {
    const found = await batchGet(client, table, places.map(keyOf));
    const at = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    return places.flatMap(({ pk, sk }): Plain[] => {
      const item = at.get(`${pk} ${sk}`);
      return item ? [item] : [];
    });
  }

  async function readParkedAt(keys: readonly Key[]): Promise<Parked[]> {
    const imageOf = ({ pk, sk }: Key, name: 'before' | 'after') => ({ pk, sk: `${sk}#${name}` });
    const images = keys.flatMap((key) => [imageOf(key, 'before'), imageOf(key, 'after')]);
    const found = await batchGet(client, table, [...keys, ...images]);
    const at = new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
    const of = ({ pk, sk }: Key) => at.get(`${pk} ${sk}`);
    return keys.flatMap((key) => {
      const record = of(key);
      const [before, after] = [of(imageOf(key, 'before')), of(imageOf(key, 'after'))];
      return record ? [parkedFromPlain(record, { ...(before && { before }), ...(after && { after }) })] : [];
    });
  }

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

  return {
    ...{ keepWaiting, replaceWaiting, readWaiting, listWaiting, listWaitingOf },
    ...{ listParked, listParkedReasons },
  };
}

interface Key {
  readonly pk: string;
  readonly sk: string;
}

interface Place extends Key {
  readonly marketAt: string;
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk };
}
