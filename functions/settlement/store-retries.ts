import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { parkedFromPlain, waitingFromPlain } from './journal/journal-items.ts';
import { askAtOf, parkedRecords, waitingPostings } from './journal/journal-keys.ts';
import type { WaitingPosting } from './journal/posting.ts';
import type { Parked } from './journal/step.ts';
import { type Key, keyOf, waitingList, waitingWriter } from './store-waiting-list.ts';

/** What of the journal is tried again: postings that the ledger refused, records that could not be computed. */
export function retryStore(client: DynamoDBClient, table: string) {
  const { listed, readInOrder } = waitingList(client, table);
  const putOver = waitingWriter(client, table);

  /** Keeps why a posting is not booked; false where another kept it already. */
  const keepWaiting = (waiting: WaitingPosting) => putOver(waiting, 'attribute_not_exists(revision)');

  /**
   * A page of postings to ask for again until an instant; the index may lag a moment. Those of a later one may be all that it passes over.
   */
  async function listWaiting(until: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingPostings, '', after, count);
    const due = await readInOrder(places.filter(({ marketAt }) => askAtOf(marketAt) <= until));
    const waiting = due.filter(({ marketOf }) => marketOf === waitingPostings).map(waitingFromPlain);
    return { waiting, ...(next !== undefined && { next }) };
  }

  /** A page of records put aside, of one tenant or of all; the index may lag a moment. */
  async function listParked(tenant: string | undefined, after: string | undefined, count: number) {
    const { places, next } = await listed(parkedRecords, tenant === undefined ? '' : `${tenant}#`, after, count);
    const parked = await readParkedAt(places.map(keyOf));
    return { parked, ...(next !== undefined && { next }) };
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

  return { keepWaiting, listWaiting, listParked };
}
