import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { waitingSteps } from './keys.ts';
import type { BookingStep, WaitingStep } from './orders/booking/booking-step.ts';
import { stepFromPlain, stepKey, stepToPlain } from './orders/booking/step-items.ts';

/** Steps of orders that the ledger has refused, and that are asked for again. */
export function orderStepStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readStep(step: BookingStep): Promise<WaitingStep | undefined> {
    const item = await get(stepKey(step));
    return item && stepFromPlain(item);
  }

  /** The next state of a step, only over the one before it. Throws what DynamoDB throws. */
  async function writeStep(next: WaitingStep): Promise<void> {
    const item = stepToPlain(next);
    await write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  }

  /** A page of steps that are due to be asked for until an instant, the longest due first; the index may lag a moment. */
  async function listSteps(until: string, after: string | undefined, count: number) {
    const { items, lastKey } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: 'marketOf = :of AND marketAt BETWEEN :from AND :until',
      ExpressionAttributeValues: toItem({
        ':of': waitingSteps,
        ':from': after === undefined ? ' ' : `${after}\u0000`,
        ':until': `${until}\uffff`,
      }),
      Limit: count,
    });
    const found = await batchGet(
      client,
      table,
      items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    const steps = found.map(stepFromPlain).filter(({ askAt }) => askAt !== undefined && askAt <= until);
    return { steps, ...(lastKey && { next: String(items.at(-1)?.marketAt) }) };
  }

  return { readStep, writeStep, listSteps };
}
