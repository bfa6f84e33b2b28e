import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { JournalingStore } from '../store.ts';
import { noteLateDays } from './late-days.ts';
import { daysOf, planBatch } from './plan-batch.ts';
import { resultOf } from './read-change.ts';
import { type Parked, type Step, stepsOf } from './step.ts';
import type { JournalTransaction } from './transaction.ts';

type Store = Pick<JournalingStore, 'listParked' | 'readSequences' | 'writeJournal' | 'noteLateDay'>;

/** Records that are tried together. */
const recordsAtOnce = 25;

/**
 * Tries the records that were put aside again: what can be computed now is written, once, and leaves the list. Lines add up in
 * whatever order they come, so it makes no difference that other changes of the order were written meanwhile. Answers how many
 * are left. What another is faster with, or what is busy, stays for the next time. Each is tried before the first failure that
 * waiting does not mend is thrown.
 */
export async function retryParked(store: Store, now: Date): Promise<number> {
  let left = 0;
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { parked, next } = await store.listParked(undefined, after, recordsAtOnce);
    for (const one of parked) {
      try {
        left += (await retryOne(store, one, now)) ? 0 : 1;
      } catch (error) {
        failures.push(error);
      }
    }
    after = next;
  } while (after !== undefined);
  if (failures.length > 0) throw new AggregateError(failures, 'Some records could not be tried again.');
  return left;
}

async function retryOne(store: Store, parked: Parked, now: Date): Promise<boolean> {
  const steps = stepsIn(parked);
  if (!steps) return false;
  await noteLateDays(store, daysOf(steps), now);
  const sequences = await store.readSequences(daysOf(steps));
  let done = parked.done;
  const position = { at: parked.at, done };
  try {
    const planned = planBatch(['parked', parked.shard], steps, { position, sequences });
    for (const transaction of planned.length === 0 ? [nothingOf(parked)] : planned) {
      await store.writeJournal({ of: 'PARKED', parked: { ...parked, done }, steps: steps.length }, transaction);
      done = transaction.to.done;
    }
  } catch (error) {
    if (classifyWriteFailure(error) === 'FATAL') throw error;
    return false;
  }
  return true;
}

/** It means nothing, as it turns out: all that is written is that it is done with. */
function nothingOf({ at, done }: Parked): JournalTransaction {
  const position = { at, done };
  return { from: position, to: position, days: [], owners: [], postings: [], parked: [] };
}

/** All steps of the record, whichever group they are of, counted through; nothing as long as they cannot be computed. */
function stepsIn(parked: Parked): Step[] | undefined {
  const { tenant, orderNo, at } = parked;
  try {
    const steps = stepsOf([{ tenant, orderNo, at, result: resultOf(parked) }]);
    return steps.map((step, place) => ({ ...step, place }));
  } catch {
    return undefined;
  }
}
