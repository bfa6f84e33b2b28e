import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { defined } from '../../shared/objects/defined.ts';
import { type DayTotal, totalFromPlain } from './journal/journal-items.ts';
import { sumTotalsAt, sumTotalsPk } from './journal/journal-keys.ts';
import type { SplitSum, SumChange, SumDay, SumState } from './sums/sum.ts';
import { heldName, splitSumFromPlain, stateFromPlain, sumKeys, sumPk } from './sums/sum-items.ts';

/** The running total of a sum on a day. */
export interface SumTotal extends DayTotal {
  readonly date: PlainDate;
  /** Behind which those go on that come after it. */
  readonly place: string;
}

/** Sums of orders that are split as one; reads are strongly consistent. */
export function sumStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);

  /** A page of the totals of a market's sums on days, by day and settlement of it, from behind a place. */
  async function readSumTotals(
    market: { readonly tenant: string; readonly marketId: string },
    { from, to, sequence }: { readonly from: PlainDate; readonly to: PlainDate; readonly sequence?: number },
    after: string | undefined,
    count: number,
  ): Promise<{ readonly totals: SumTotal[]; readonly next?: string }> {
    const begin = sequence === undefined ? from : sumTotalsAt({ date: from, sequence });
    const end = sequence === undefined ? `${to}#` : sumTotalsAt({ date: to, sequence });
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': sumTotalsPk(market),
        ':from': after === undefined ? begin : `${after}\u0000`,
        ':to': `${end}\uffff`,
      }),
      ConsistentRead: true,
      Limit: count,
    });
    const totals = items.map((item) => ({
      ...totalFromPlain(item),
      date: String(item.sk).split('#')[0] ?? '',
      place: String(item.sk),
    }));
    return { totals, ...(lastKey && defined({ next: totals.at(-1)?.place })) };
  }

  /** What receivers hold of a day's sums; nothing before the first of them is split. */
  async function readSumState(day: SumDay): Promise<SumState | undefined> {
    const item = await get(sumKeys.state(day));
    return item && stateFromPlain(item);
  }

  /** The sums of a day that were split, in their order. */
  async function readSplitSums(day: SumDay): Promise<SplitSum[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND sk < :state',
      ExpressionAttributeValues: toItem({ ':pk': sumPk(day), ':state': sumKeys.state(day).sk }),
      ConsistentRead: true,
    });
    return items.map(splitSumFromPlain);
  }

  return { readSumTotals, readSumState, readSplitSums };
}

/** Adds to what receivers hold of sums, or takes of it, where they hold so much: one part for each day of a sum. */
export function heldMoved(table: string, changes: readonly SumChange[]): TransactWriteItem[] {
  return [...Map.groupBy(changes, sumPk).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const taking = own.flatMap(({ amount }, place) => (amount < 0n ? [[place, -amount] as const] : []));
    return {
      Update: {
        TableName: table,
        Key: toItem(sumKeys.state(first)),
        UpdateExpression: `ADD ${own.map((_, place) => `#h${place} :h${place}`).join(', ')}`,
        ConditionExpression: ['attribute_exists(pk)', ...taking.map(([place]) => `#h${place} >= :t${place}`)].join(
          ' AND ',
        ),
        ExpressionAttributeNames: Object.fromEntries(own.map((change, place) => [`#h${place}`, heldName(change)])),
        ExpressionAttributeValues: toItem(
          Object.fromEntries([
            ...own.map(({ amount }, place) => [`:h${place}`, amount] as const),
            ...taking.map(([place, amount]) => [`:t${place}`, amount] as const),
          ]),
        ),
      },
    };
  });
}
