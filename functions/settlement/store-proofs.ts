import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { AccountGain } from './journal/order-figures.ts';
import type { ClosedDay, MarketRef, Proof } from './journal/proof/proof.ts';
import { closedDayFromPlain, closedDayToPlain, proofFromPlain, proofToPlain } from './journal/proof/proof-items.ts';
import { keys } from './keys.ts';

const accountsPerBlock = 2_000;

/** Proofs of markets, and the figures at the ends of their days; reads are strongly consistent. */
export function proofStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
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

  /** Figures of days, and what accounts had gained by the ends of some of them; written again they are the same. */
  async function keepClosings(
    { tenant, marketId }: MarketRef,
    days: readonly ClosedDay[],
    accounts: ReadonlyMap<PlainDate, readonly AccountGain[]>,
  ): Promise<void> {
    const writer = batchWriter(client, table);
    for (const day of days) await writer.put(closedDayToPlain(day));
    for (const [date, gains] of accounts) {
      for (const [place, packed] of packBlocks(gains, accountsPerBlock).entries()) {
        const key = keys.provenAccounts(tenant, marketId, date, place);
        await writer.put({ ...key, kind: 'PROVEN_ACCOUNTS', ...packed }, Buffer.byteLength(packed.text));
      }
    }
    await writer.finish();
  }

  async function readClosedDay({ tenant, marketId }: MarketRef, date: PlainDate): Promise<ClosedDay | undefined> {
    const item = await get(keys.provenDay(tenant, marketId, date));
    return item && closedDayFromPlain(item);
  }

  async function readClosedAccounts({ tenant, marketId }: MarketRef, date: PlainDate): Promise<AccountGain[]> {
    const { pk } = keys.provenAccounts(tenant, marketId, date, 0);
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :day)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':day': `ACCOUNTS#${date}#` }),
      ConsistentRead: true,
    });
    return items.flatMap((item) => unpackBlock<AccountGain>(item));
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

  return { readProof, writeProof, keepClosings, readClosedDay, readClosedAccounts, listClosedDays };
}
