import { type BackoffPolicy, backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { JournalingStore } from '../store.ts';
import { noteLateDays } from './late-days.ts';
import { type Before, daysOf, planBatch } from './plan-batch.ts';
import type { Step } from './step.ts';

type Store = Pick<JournalingStore, 'readBefore' | 'writeJournal' | 'noteLateDay'>;

/** How often a group reads again after another was faster, before the batch is left to come again. */
export const journalPolicy: BackoffPolicy = { attemptsMax: 10, baseMs: 10, ceilingMs: 500 };

/**
 * Writes steps of a shard, each once, however often they are handed over: groups side by side, each from where it stands. Where
 * another invocation was faster, or a day was closed meanwhile, the group reads again and goes on from there. Throws the first
 * failure that waiting does not mend, after all groups have gone as far as they could.
 */
export async function writeSteps(
  store: Store,
  shard: string,
  steps: readonly Step[],
  now: Date,
  policy: BackoffPolicy = journalPolicy,
): Promise<void> {
  const groups = Map.groupBy(steps, ({ group }) => group);
  if (groups.size === 0) return;
  await noteLateDays(store, daysOf(steps), now);
  const found = await store.readBefore(shard, new Map([...groups].map(([group, own]) => [group, daysOf(own)])));
  const written = await Promise.allSettled(
    [...groups].map(([group, own]) => writeGroup(store, { shard, group }, own, found.get(group), policy)),
  );
  const failed = written.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

async function writeGroup(
  store: Store,
  { shard, group }: { readonly shard: string; readonly group: number },
  steps: readonly Step[],
  found: Before | undefined,
  policy: BackoffPolicy,
): Promise<void> {
  let before = found;
  for (let attempt = 1; ; attempt++) {
    before ??= (await store.readBefore(shard, new Map([[group, daysOf(steps)]]))).get(group);
    if (!before) throw new Error(`Nothing was read of group ${group}.`);
    try {
      for (const transaction of planBatch([shard, `${group}`], steps, before)) {
        await store.writeJournal({ of: 'GROUP', shard, group }, transaction);
      }
      return;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL' || attempt >= policy.attemptsMax) throw error;
      before = undefined;
      await backOff(attempt, policy);
    }
  }
}
