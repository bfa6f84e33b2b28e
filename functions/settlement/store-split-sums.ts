import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { sumFigures } from './journal/figures.ts';
import { groupOf } from './journal/groups.ts';
import { postingToPlain } from './journal/journal-items.ts';
import { journalKeys } from './journal/journal-keys.ts';
import { packLine } from './journal/pack-lines.ts';
import type { Posting } from './journal/transaction.ts';
import { stillIn } from './store-day-check.ts';
import { totalAdded } from './store-total-added.ts';
import type { SumLines } from './sums/give-shares.ts';
import { type SplitSum, type SumState, sumIdOf } from './sums/sum.ts';
import { heldName, splitSumToPlain, sumKeys } from './sums/sum-items.ts';

/** Which settlement of its day takes the shares of a sum: until merchants are settled in it, or until it is closed itself. */
export interface SumSettlement {
  readonly sequence: number;
  readonly until: 'BEGUN' | 'CLOSED';
}

export function splitSumStore(client: DynamoDBClient, table: string) {
  const { putNew, checkNone, write } = transactionParts(client, table);

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

  return { writeSplitSum };
}
