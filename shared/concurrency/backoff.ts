import { setTimeout as delay } from 'node:timers/promises';

export interface BackoffPolicy {
  readonly attemptsMax: number;
  readonly baseMs: number;
  readonly ceilingMs: number;
}

/**
 * Waits before attempt `attempt` (1 is the first retry): full jitter over an exponential ceiling, so that writers that
 * collided once do not collide again. Source: "Exponential Backoff And Jitter", AWS Architecture Blog.
 */
export async function backOff(
  attempt: number,
  policy: BackoffPolicy,
  random: () => number = Math.random,
  sleep: (milliseconds: number) => Promise<unknown> = delay,
): Promise<void> {
  const ceiling = Math.min(policy.ceilingMs, policy.baseMs * 2 ** (attempt - 1));
  await sleep(Math.floor(random() * ceiling));
}
