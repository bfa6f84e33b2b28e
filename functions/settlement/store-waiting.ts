import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { parkedFromPlain, waitingFromPlain } from './journal/journal-items.ts';
import { journalKeys, parkedRecords, waitingOfMarket, waitingPostings } from './journal/journal-keys.ts';
import type { WaitingPosting } from './journal/posting.ts';
import { waitingSteps } from './keys.ts';
import { stepFromPlain } from './orders/booking/step-items.ts';
import { waitingList, waitingWriter } from './store-waiting-list.ts';

/** What of the journal and of orders waits, as somebody looks at it; lists may lag a moment. */
export function waitingStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);
  const { listed, readInOrder } = waitingList(client, table);
  const putOver = waitingWriter(client, table);

  /** The next state of a waiting posting, only over the one that was read. */
  const replaceWaiting = (next: WaitingPosting, { revision }: WaitingPosting) =>
    putOver(next, 'revision = :before', { ':before': revision });

  async function readWaiting(tenant: string, id: string): Promise<WaitingPosting | undefined> {
    const item = await get(journalKeys.posting(tenant, id));
    return item?.revision === undefined ? undefined : waitingFromPlain(item);
  }

  /** A page of postings of a market that wait, those that are asked for again first in front. */
  async function listWaitingOf(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingPostings, waitingOfMarket(tenant, marketId), after, count);
    const found = (await readInOrder(places)).filter(({ marketOf }) => marketOf === waitingPostings);
    return { waiting: found.map(waitingFromPlain), ...(next !== undefined && { next }) };
  }

  /** A page of steps of a market's orders that wait, those that are asked for again first in front. */
  async function listStepsOf(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingSteps, waitingOfMarket(tenant, marketId), after, count);
    const found = (await readInOrder(places)).filter(({ marketOf }) => marketOf === waitingSteps);
    return { steps: found.map(stepFromPlain), ...(next !== undefined && { next }) };
  }

  /** A page of a tenant's records put aside, without what the orders were: why they were put aside, and since when. */
  async function listParkedReasons(tenant: string, after: string | undefined, count: number) {
    const { places, next } = await listed(parkedRecords, `${tenant}#`, after, count);
    const parked = (await readInOrder(places)).map((record) => parkedFromPlain(record, {}));
    return { parked, ...(next !== undefined && { next }) };
  }

  return { replaceWaiting, readWaiting, listWaitingOf, listStepsOf, listParkedReasons };
}
