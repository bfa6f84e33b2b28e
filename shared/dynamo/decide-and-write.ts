import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import { general } from '../problems/general.ts';
import { classifyWriteFailure } from './failure.ts';

/** Writes that may be overtaken or go unanswered before the caller is told to come back. */
export const writePolicy: BackoffPolicy = { attemptsMax: 10, baseMs: 10, ceilingMs: 500 };

/** What a decision comes to, and what is to be written for it; nothing where it stands so already. */
export interface Decided<Answer> {
  readonly answer: Answer;
  /** All or nothing, and only where what was read still stands. */
  readonly write?: () => Promise<void>;
}

/**
 * Reads, decides and writes; from the beginning wherever another was faster. A decision that finds its own write done, after
 * one without an answer, has to answer as it did.
 *
 * @throws what deciding throws; Problem `request/conflict-retry` where contention does not end, `request/unavailable` where
 * the last write had no answer. Asking again is safe after each of them, and where this was one of several steps it goes on from
 * the last one that was written.
 */
export async function decideAndWrite<Answer>(
  decide: () => Promise<Decided<Answer>>,
  policy: BackoffPolicy = writePolicy,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const { answer, write } = await decide();
    if (!write) return answer;
    try {
      await write();
      return answer;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'FATAL') throw error;
      if (attempt >= policy.attemptsMax) throw gaveUp(failure);
      await backOff(attempt, policy);
    }
  }
}

function gaveUp(failure: 'MOVED' | 'BUSY' | 'UNKNOWN') {
  if (failure === 'UNKNOWN') {
    return general.unavailable.with({ detail: 'It may have been written or not; asking again tells.' });
  }
  return general['conflict-retry'].with({
    detail: 'Others are changing the same. Asking again goes on from what is written.',
  });
}
