import { toItem } from '../../shared/dynamo/items.ts';
import type { TableAccess } from '../../shared/dynamo/table-access.ts';

interface Asked {
  readonly of: string;
  /** The place from behind which it goes on. */
  readonly after: string | undefined;
  readonly count: number;
  readonly direction: 'FORWARD' | 'BACKWARD';
}

/** A page of a list in the index `byList`, which may lag a moment, and from behind which place it goes on. */
export async function readListPage({ query }: Pick<TableAccess, 'query'>, { of, after, count, direction }: Asked) {
  const isBehind = direction === 'FORWARD' ? '>' : '<';
  const { items } = await query({
    IndexName: 'byList',
    KeyConditionExpression: `listOf = :of${after === undefined ? '' : ` AND listAt ${isBehind} :after`}`,
    ExpressionAttributeValues: toItem({ ':of': of, ...(after !== undefined && { ':after': after }) }),
    ScanIndexForward: direction === 'FORWARD',
    Limit: count + 1,
  });
  const last = items.length > count ? items[count - 1] : undefined;
  return { items: items.slice(0, count), ...(last && { next: String(last.listAt) }) };
}
