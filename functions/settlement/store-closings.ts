import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { AccountGain } from './journal/order-figures.ts';
import type { ClosedDay, MarketRef } from './journal/proof/proof.ts';
import { closedDayFromPlain, closedDayToPlain } from './journal/proof/proof-items.ts';
import { keys } from './keys.ts';

const accountsPerBlock = 2_000;

/** Closing figures of markets, as proofs write them and go on from them; reads are strongly consistent. */
export function closingStore(client: DynamoDBClient, table: string) {
  const { get, queryAll } = tableAccess(client, table);

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

  return { keepClosings, readClosedDay, readClosedAccounts };
}
