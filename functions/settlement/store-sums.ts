import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { sumFigures } from './journal/figures.ts';
import { groupOf } from './journal/groups.ts';
import { type DayTotal, postingToPlain, totalFromPlain } from './journal/journal-items.ts';
import { journalKeys, sumTotalsAt, sumTotalsPk } from './journal/journal-keys.ts';
import { packLine } from './journal/pack-lines.ts';
import type { Posting } from './journal/transaction.ts';
import { stillIn } from './store-day-check.ts';
import { totalAdded } from './store-total-added.ts';
import type { SumLines } from './sums/give-shares.ts';
import { type SplitSum, type SumChange, type SumDay, type SumState, sumIdOf } from './sums/sum.ts';
import { heldName, splitSumFromPlain, splitSumToPlain, stateFromPlain, sumKeys, sumPk } from './sums/sum-items.ts';

/** The running total of a sum on a day. */
export interface SumTotal extends DayTotal {
  readonly date: PlainDate;
}

/** Which settlement of its day takes the shares of a sum: until merchants are settled in it, or until it is closed itself. */
export interface SumSettlement {
  readonly sequence: number;
  readonly until: 'BEGUN' | 'CLOSED';
}

/** Sums of orders that are split as one; reads are strongly consistent. */
export function sumStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, checkNone, write } = transactionParts(client, table);

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
    }));
    return { totals, ...(lastKey && { next: String(items.at(-1)?.sk) }) };
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

  /**
   * A sum as it was split, once, with the lines that it gives to days of receivers in a settlement that takes lines still, and what is
   * booked of it. All or nothing, and only while receivers hold what is taken back of them. Throws what DynamoDB throws.
   */
  async function writeSplitSum(
    split: SplitSum,
    state: SumState | undefined,
    giving: { readonly lines: readonly SumLines[]; readonly postings: readonly Posting[] },
    into: SumSettlement,
  ): Promise<void> {
    const position = { at: '0', done: 0 };
    const owner = { kind: 'SUM', id: sumIdOf(split.sum) } as const;
    const day = { ...split, ...into, group: groupOf(split.tenant, owner) };
    await write([
      putNew(splitSumToPlain(split)),
      // All its receivers are settled after this is noted, so that one check is for any number of them.
      into.until === 'BEGUN' ? checkNone(journalKeys.begun(day)) : stillIn(table, day),
      movedState(split, state),
      ...giving.lines.flatMap(({ day, lines }) => [
        putNew({
          ...journalKeys.block(day, position, 0, `sum ${sumIdOf(split.sum)} ${split.sequence}`),
          kind: 'LINES',
          text: lines.map(packLine).join('\n'),
        }),
        totalAdded(table, { ...day, figures: sumFigures(lines) }),
      ]),
      ...giving.postings.map((posting) => putNew(postingToPlain(posting))),
    ]);
  }

  function movedState(split: SplitSum, state: SumState | undefined): TransactWriteItem {
    const { shares, lacking, takenOver, splitAt } = split;
    const names = shares.map((share, place) => [`#h${place}`, heldName(share)] as const);
    const amounts = shares.map(({ amount }, place) => [`:h${place}`, amount] as const);
    const taking = shares.flatMap(({ amount }, place) => (amount < 0n ? [[place, -amount] as const] : []));
    const adds = shares.map((_, place) => `#h${place} :h${place}`);
    const conditions = [
      state === undefined ? 'attribute_not_exists(pk)' : 'lacking = :before',
      ...taking.map(([place]) => `#h${place} >= :t${place}`),
    ];
    return {
      Update: {
        TableName: table,
        Key: toItem(sumKeys.state(split)),
        ConditionExpression: conditions.join(' AND '),
        UpdateExpression: `SET #kind = :kind, lacking = :lacking, splitAt = if_not_exists(splitAt, :at)${
          adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''
        }`,
        ExpressionAttributeNames: { '#kind': 'kind', ...Object.fromEntries(names) },
        ExpressionAttributeValues: toItem({
          ...{ ':kind': 'SUM', ':lacking': lacking, ':at': splitAt },
          ...(state !== undefined && { ':before': takenOver }),
          ...Object.fromEntries([...amounts, ...taking.map(([place, amount]) => [`:t${place}`, amount] as const)]),
        }),
      },
    };
  }

  return { readSumTotals, readSumState, readSplitSums, writeSplitSum };
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
