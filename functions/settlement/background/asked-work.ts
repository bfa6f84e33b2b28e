import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';

/** Work in the background that is asked for any number of times, and done up to one of them. */
export interface AskedWork {
  /** How often it was asked for, and which time of it was worked off last; it runs while they differ. */
  readonly asked: number;
  readonly done: number;
  /** Who works it off now, and until when nobody else does; how often it was handed on. */
  readonly lease?: { readonly by: string; readonly until: string };
  readonly turns: number;
  /** How often somebody began since it last got on. */
  readonly tries?: number;
  readonly revision: number;
  readonly changedAt: string;
}

/** One piece of such work, where it is kept. */
export interface KeptWork<Work extends AskedWork> {
  readonly read: () => Promise<Work | undefined>;
  /** Only over the state before it. Throws what DynamoDB throws. */
  readonly write: (next: Work) => Promise<void>;
}

/** Longer than a function lives: who was not heard of for so long broke off. */
export const leaseMs = 16 * MINUTE_MS;

/**
 * Takes what was asked for, as `begin` has it then, so that nobody else works it off meanwhile; nothing where all is done, or
 * somebody else is at it.
 */
export async function takeLease<Work extends AskedWork>(
  { read, write }: KeptWork<Work>,
  by: string,
  now: Date,
  begin: (before: Work) => Work = (before) => before,
): Promise<Work | undefined> {
  return decideAndWrite(async () => {
    const before = await read();
    if (!before || before.done >= before.asked) return { answer: undefined };
    if (before.lease && before.lease.by !== by && before.lease.until > now.toISOString()) return { answer: undefined };
    const lease = { by, until: new Date(now.getTime() + leaseMs).toISOString() };
    const next: Work = { ...begin(before), lease, tries: (before.tries ?? 0) + 1, revision: before.revision + 1 };
    return { answer: next, write: () => write(next) };
  });
}

/**
 * Gives way after a failure: who failed keeps nobody else from it. Where even this fails the lease ends by its time, so it never
 * throws in the place of that failure.
 */
export async function dropLease<Work extends AskedWork>(
  { read, write }: KeptWork<Work>,
  by: string,
  now: Date,
): Promise<void> {
  const dropped = decideAndWrite(async () => {
    const before = await read();
    if (before?.lease?.by !== by) return { answer: undefined };
    const next: Work = { ...before, lease: { by, until: now.toISOString() }, revision: before.revision + 1 };
    return { answer: undefined, write: () => write(next) };
  });
  await dropped.catch(() => undefined);
}
