import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { MarketRef, Proof } from './journal/proof/proof.ts';
import { closedDayFromPlain, proofFromPlain, proofToPlain } from './journal/proof/proof-items.ts';
import { keys } from './keys.ts';

/** Proofs of markets, and the figures at the ends of their days; reads are strongly consistent. */
export function proofStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readProof({ tenant, marketId }: MarketRef): Promise<Proof | undefined> {
    const item = await get(keys.proof(tenant, marketId));
    return item && proofFromPlain(item);
  }

  /** The next state of a proof, only over the one before it. Throws what DynamoDB throws. */
  async function writeProof(next: Proof): Promise<void> {
    const item = proofToPlain(next);
    await write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  }

  /** A page of days with closing figures, from behind one. */
  async function listClosedDays(
    { tenant, marketId }: MarketRef,
    { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
    after: PlainDate | undefined,
    count: number,
  ) {
    const { pk } = keys.provenDay(tenant, marketId, from);
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': pk,
        ':from': after === undefined ? `DAY#${from}` : `DAY#${after}\u0000`,
        ':to': `DAY#${to}`,
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    const days = items.slice(0, count).map(closedDayFromPlain);
    const last = items.length > count ? days.at(-1) : undefined;
    return { days, ...(last && { next: last.date }) };
  }

  return { readProof, writeProof, listClosedDays };
}
