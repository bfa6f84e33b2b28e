import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { writeRetried } from '../../../shared/dynamo/write-retried.ts';
import type { PoolingStore } from '../store.ts';

/**
 * Writes all or nothing; false where what was read has changed meanwhile, be it by this very write whose answer was lost:
 * read again and decide. Throws what is not mended by waiting.
 */
export function writeOnce(
  { transact }: Pick<PoolingStore, 'transact'>,
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  return writeRetried(() => transact(items));
}
