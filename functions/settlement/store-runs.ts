import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { type DayTotal, totalFromPlain } from './journal/journal-items.ts';
import { journalKeys, sequenceText, totalsPk } from './journal/journal-keys.ts';
import type { DayRef, OwnerDay } from './journal/transaction.ts';
import { everyMarket } from './keys.ts';
import type { Market } from './markets/market.ts';
import { marketFromPlain } from './markets/market-items.ts';
import type { Run } from './settlements/run.ts';
import { runFromPlain, runToPlain } from './settlements/settlement-items.ts';
import { runHeads, settlementKeys } from './settlements/settlement-keys.ts';
import { readList } from './store-list.ts';

/** A merchant's total of a day, with what was carried into it. */
export interface MerchantTotal extends DayTotal {
  readonly carriedIn: bigint;
}

/** Ids of merchants begin so, those of other owners of lines do not. */
const merchants = 'mer_';

/** Settlement runs and the totals that they walk; reads by key are strongly consistent. */
export function runStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readRun(tenant: string, runId: string): Promise<Run | undefined> {
    const item = await get(settlementKeys.run(tenant, runId));
    return item && runFromPlain(item);
  }

  /** The number of the last run of a market's day; 0 where there is none. */
  async function readRunNumber(tenant: string, marketId: string, date: PlainDate): Promise<number> {
    return Number((await get(settlementKeys.runHead(tenant, marketId, date)))?.revision ?? 0);
  }

  /** The last day before one for which there was a run. */
  async function readLastRunDate(tenant: string, marketId: string, before: PlainDate): Promise<PlainDate | undefined> {
    const { pk, sk } = settlementKeys.runHead(tenant, marketId, before);
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': runHeads, ':to': sk }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 2,
    });
    return items.map((item) => String(item.sk).slice(runHeads.length)).find((date) => date < before);
  }

  /** A new run as the next of its day, and the record of its key where it has one. Throws what DynamoDB throws. */
  async function createRun(run: Run, claim?: KeyClaim): Promise<void> {
    const { tenant, marketId, businessDate, number } = run;
    const head = { ...settlementKeys.runHead(tenant, marketId, businessDate), kind: 'RUN_HEAD', revision: number };
    await write([
      putNew(runToPlain(run)),
      number === 1 ? putNew(head) : putNext(head, number - 1),
      ...(claim ? [putNew(keyToPlain(tenant, claim))] : []),
    ]);
  }

  /** Only where it still stands as it was read. Throws what DynamoDB throws. */
  const replaceRun = (next: Run, { revision }: Run) => write([putNext(runToPlain(next), revision)]);

  async function listAllMarkets(
    after: string | undefined,
    count: number,
  ): Promise<{ markets: Market[]; next?: string }> {
    const { found, ...more } = await readList(client, table, everyMarket, after, count);
    return { markets: found.map(marketFromPlain), ...more };
  }

  /** A page of merchants' totals of a day in one group and settlement, by merchant, from behind one. */
  async function readMerchantTotals(day: DayRef, sequence: number, after: string | undefined, count: number) {
    const prefix = `${sequenceText(sequence)}#`;
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': totalsPk(day),
        ':from': `${prefix}${after === undefined ? merchants : `${after}\u0000`}`,
        ':to': `${prefix}${merchants}\uffff`,
      }),
      ConsistentRead: true,
      Limit: count,
    });
    const totals = items.map(merchantTotalFromPlain);
    return { totals, ...(lastKey && { next: String(totals.at(-1)?.owner.id) }) };
  }

  /** Totals of single days of owners, in no order; days without one are left out. One BatchGet per hundred. */
  async function readTotalsOf(days: readonly OwnerDay[]): Promise<(MerchantTotal & { readonly date: PlainDate })[]> {
    const dates = new Map(
      days.map((day) => {
        const { pk, sk } = journalKeys.total(day);
        return [`${pk} ${sk}`, day.date];
      }),
    );
    const found = await batchGet(client, table, days.map(journalKeys.total));
    return found.flatMap((item) => {
      const date = dates.get(`${item.pk} ${item.sk}`);
      return date === undefined ? [] : [{ ...merchantTotalFromPlain(item), date }];
    });
  }

  return {
    ...{ readRun, readRunNumber, readLastRunDate, createRun, replaceRun, listAllMarkets },
    ...{ readMerchantTotals, readTotalsOf },
  };
}

function merchantTotalFromPlain(plain: Record<string, unknown>): MerchantTotal {
  return { ...totalFromPlain(plain), carriedIn: (plain.carriedIn as bigint | undefined) ?? 0n };
}
