import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Run } from './run.ts';

/**
 * The next state of a run, which waits for nothing any more unless `changes` say so. Nothing where another was faster: that one
 * carries it on. Throws what DynamoDB throws, where it did not take the write.
 */
export async function replaceRun(
  store: Pick<ReceivablesStore, 'replaceRun'>,
  before: Run,
  changes: Partial<Run>,
  now: Date,
): Promise<Run | undefined> {
  const { retryAt: _, ...rest } = before;
  const next: Run = { ...rest, ...changes, revision: before.revision + 1, changedAt: now.toISOString() };
  try {
    await store.replaceRun(next, before);
    return next;
  } catch (error) {
    if (classifyWriteFailure(error) === 'MOVED') return undefined;
    throw error;
  }
}

/** A run that got on: what failed before counts no more. */
export function gotOn({ failure: _, ...run }: Run): Run {
  return { ...run, failures: 0 };
}

export function ended(now: Date) {
  return { state: 'ENDED', endedAt: now.toISOString() } as const;
}

export function failed(failure: string, now: Date) {
  return { state: 'FAILED', failure, endedAt: now.toISOString() } as const;
}
