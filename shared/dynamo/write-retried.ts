import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import { classifyWriteFailure } from './failure.ts';

const writePolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };

/**
 * Sends a write that may be repeated until it is answered; false where its condition does not hold, be it because an
 * earlier try without an answer was carried out. Throws what is not mended by waiting, and, where the items stay busy, the
 * last failure, or what `whenBusy` makes of it.
 */
export async function writeRetried(
  send: () => Promise<unknown>,
  whenBusy: (failure: unknown) => unknown = (failure) => failure,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send();
      return true;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'MOVED') return false;
      if (failure === 'FATAL') throw error;
      if (attempt >= writePolicy.attemptsMax) throw whenBusy(error);
      await backOff(attempt, writePolicy);
    }
  }
}
