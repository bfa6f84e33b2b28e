import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingStore } from '../store.ts';

/**
 * Writes all or nothing; false where what was read has changed meanwhile, be it by this very write whose answer was lost:
 * read again and decide. Throws what is not mended by waiting.
 */
export async function writeOnce(
  { transact }: Pick<PoolingStore, 'transact'>,
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await transact(items);
      return true;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'MOVED') return false;
      if (failure === 'FATAL' || attempt >= planPolicy.attemptsMax) throw error;
      await backOff(attempt, planPolicy);
    }
  }
}
