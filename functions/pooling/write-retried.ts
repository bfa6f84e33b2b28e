import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { general } from '../../shared/problems/general.ts';
import { planPolicy } from './runs/start-run.ts';

/**
 * Sends a write that may be repeated until it is answered; false where its condition does not hold, be it because an
 * earlier try without an answer was carried out. Problem: `request/conflict-retry` where others keep the items busy.
 */
export async function writeRetried(send: () => Promise<unknown>): Promise<boolean> {
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    try {
      await send();
      return true;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'MOVED') return false;
      if (failure === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The accounts are being changed by others. Send the request again.' });
}
