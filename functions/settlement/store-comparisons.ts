import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { ComparedDayRef, Comparison, KeptDifference } from './comparing/comparison.ts';
import {
  comparisonFromPlain,
  comparisonToPlain,
  differenceFromPlain,
  differenceKey,
  differenceToPlain,
} from './comparing/comparison-items.ts';
import type { DifferenceState } from './comparing/difference.ts';
import type { DifferenceClass } from './comparing/found-difference.ts';
import { keys } from './keys.ts';

export interface DifferenceFilter {
  readonly class?: DifferenceClass;
  readonly state?: DifferenceState;
}

/** Comparisons and their differences; all reads are strongly consistent. */
export function comparisonStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readComparison(day: ComparedDayRef): Promise<Comparison | undefined> {
    const item = await get(keys.comparison(day.tenant, day.marketId, day.channelId, day.businessDate));
    return item && comparisonFromPlain(item);
  }

  /** A page of a market's comparisons by day and channel, from behind a place. */
  async function listComparisons(
    tenant: string,
    marketId: string,
    {
      from,
      to,
      after,
      count,
    }: { readonly from: string; readonly to: string; readonly after?: string; readonly count: number },
  ) {
    const { pk } = keys.comparison(tenant, marketId, '', from);
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': pk,
        ':from': after === undefined ? `COMPARISON#${from}` : `${after}\u0000`,
        ':to': `COMPARISON#${to}#\uffff`,
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    const comparisons = items.slice(0, count).map(comparisonFromPlain);
    return { comparisons, ...(items.length > count && { next: String(items[count - 1]?.sk) }) };
  }

  const put = (item: Plain, revision: number) => (revision === 1 ? putNew(item) : putNext(item, revision - 1));

  /** The next state of a comparison, only over the one before it. Throws what DynamoDB throws. */
  const writeComparison = (next: Comparison) => write([put(comparisonToPlain(next), next.revision)]);

  async function readDifference(day: ComparedDayRef, id: string): Promise<KeptDifference | undefined> {
    const item = await get(differenceKey(day, id));
    return item && differenceFromPlain(item);
  }

  /** All differences that are kept of a day, those that do not stand too. */
  async function readDifferences(day: ComparedDayRef): Promise<KeptDifference[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': differenceKey(day, '').pk }),
      ConsistentRead: true,
    });
    return items.map(differenceFromPlain);
  }

  /**
   * Writes next states and takes away others, each only over the revision that was read, all or nothing; `differencesPerWriteMax`
   * at most. Throws what DynamoDB throws.
   */
  const writeDifferences = (next: readonly KeptDifference[], gone: readonly KeptDifference[] = []) =>
    write([
      ...next.map((kept) => put(differenceToPlain(kept), kept.revision)),
      ...gone.map((kept) => ({
        Delete: {
          TableName: table,
          Key: toItem(differenceKey(kept, kept.difference.found.id)),
          ConditionExpression: 'revision = :before',
          ExpressionAttributeValues: toItem({ ':before': kept.revision }),
        },
      })),
    ]);

  /** A page of differences by class and key, from behind one. A page may have fewer than `count`, and still a next one. */
  async function listDifferences(
    day: ComparedDayRef,
    { class: ofClass, state }: DifferenceFilter,
    { after, count }: { readonly after?: string; readonly count: number },
  ) {
    const prefix = ofClass === undefined ? '' : `${ofClass}#`;
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ...(state !== undefined && {
        FilterExpression: '#state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
      }),
      ExpressionAttributeValues: toItem({
        ':pk': differenceKey(day, '').pk,
        ':from': after === undefined ? prefix || ' ' : `${after}\u0000`,
        ':to': `${prefix}\uffff`,
        ...(state !== undefined && { ':state': state }),
      }),
      ConsistentRead: true,
      Limit: count,
    });
    return { differences: items.map(differenceFromPlain), ...(lastKey && { next: String(lastKey.sk?.S) }) };
  }

  return {
    ...{ readComparison, writeComparison, listComparisons },
    ...{ readDifference, readDifferences, writeDifferences, listDifferences },
  };
}
