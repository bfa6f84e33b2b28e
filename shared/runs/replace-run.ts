import { classifyWriteFailure } from '../dynamo/failure.ts';
import type { Cause } from '../http/cause.ts';

/** What every run keeps that is carried on in turns, and tried again where it fails. */
export interface CarriedOn {
  /** Attempts that failed since it last got on, why the last of them did, and before when it is not tried again. */
  readonly failures: number;
  readonly failure?: string;
  readonly retryAt?: string;
  readonly changedAt: string;
  readonly revision: number;
}

/** What a run in the background keeps beside its own: who asked for it, how often it was handed on, and when it was over. */
export interface BackgroundRun extends CarriedOn {
  /** How often it was handed on: who carries it on is told of it. */
  readonly turn: number;
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly cause: Cause;
}

export interface RunsKept<Run> {
  /** Only where it still stands as `before`. Throws what DynamoDB throws. */
  replaceRun(next: Run, before: Run): Promise<unknown>;
}

/**
 * The next state of a run, which waits for nothing any more unless `changes` say so. Nothing where another was faster: that one
 * carries it on. Throws what DynamoDB throws, where it did not take the write.
 */
export async function replaceRun<Run extends CarriedOn>(
  store: RunsKept<Run>,
  before: Run,
  changes: Partial<NoInfer<Run>>,
  now: Date,
): Promise<Run | undefined> {
  const { retryAt: _, ...rest } = before;
  const next = { ...rest, ...changes, revision: before.revision + 1, changedAt: now.toISOString() } as Run;
  return unlessOvertaken(next, () => store.replaceRun(next, before));
}

/** What was written, only over the state before it; nothing where another was faster. Throws what else DynamoDB throws. */
export async function unlessOvertaken<State>(next: State, write: () => Promise<unknown>): Promise<State | undefined> {
  try {
    await write();
    return next;
  } catch (error) {
    if (classifyWriteFailure(error) === 'MOVED') return undefined;
    throw error;
  }
}

/** A run that got on: what failed before counts no more. */
export function gotOn<Run extends CarriedOn>(run: Run): Run {
  const { failure: _, ...rest } = run;
  return { ...rest, failures: 0 } as Run;
}

export function ended(now: Date) {
  return { state: 'ENDED', endedAt: now.toISOString() } as const;
}
