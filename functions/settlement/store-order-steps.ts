import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { askAtOf } from './journal/journal-keys.ts';
import { waitingSteps } from './keys.ts';
import type { BookingStep, WaitingStep } from './orders/booking/booking-step.ts';
import { stepFromPlain, stepKey, stepToPlain } from './orders/booking/step-items.ts';
import { waitingList } from './store-waiting-list.ts';

/** Steps of orders that the ledger has refused, and that are asked for again. */
export function orderStepStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);
  const { listed, readInOrder } = waitingList(client, table);

  async function readStep(step: BookingStep): Promise<WaitingStep | undefined> {
    const item = await get(stepKey(step));
    return item && stepFromPlain(item);
  }

  /** The next state of a step, only over the one before it. Throws what DynamoDB throws. */
  async function writeStep(next: WaitingStep): Promise<void> {
    const item = stepToPlain(next);
    await write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  }

  /**
   * A page of steps that are due to be asked for until an instant; the index may lag a moment. Those of a later one may be all that it
   * passes over.
   */
  async function listSteps(until: string, after: string | undefined, count: number) {
    const { places, next } = await listed(waitingSteps, '', after, count);
    const due = await readInOrder(places.filter(({ marketAt }) => askAtOf(marketAt) <= until));
    const steps = due.map(stepFromPlain).filter(({ askAt }) => askAt !== undefined && askAt <= until);
    return { steps, ...(next !== undefined && { next }) };
  }

  return { readStep, writeStep, listSteps };
}
