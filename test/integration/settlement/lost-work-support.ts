import type { AskedWork, KeptWork } from '../../../functions/settlement/background/asked-work.ts';
import { handOn, type ListUnderWay } from '../../../functions/settlement/background/hand-on.ts';
import { minutesLater, now } from './journal-support.ts';

/** Work in the background: how it is asked for, worked off and found again. */
export interface BackgroundWork<Store, Work extends AskedWork> extends KeptWork<Work> {
  readonly store: Store;
  readonly ask: (at: Date) => Promise<unknown>;
  readonly carryOut: (over: Store, by: string, at: Date) => Promise<unknown>;
  readonly listUnderWay: ListUnderWay<Work>;
  /** A store by which the facts of the work cannot be read, for a reason, and its state is written so. */
  readonly broken: (reason: string, write: KeptWork<Work>['write']) => Store;
}

/** Such work, asked for now, and what befalls whoever works it off. */
export async function askedFor<Store, Work extends AskedWork>(work: BackgroundWork<Store, Work>) {
  const { store, ask, read, write, carryOut, listUnderWay, broken } = work;
  await ask(now);
  const standing = async () => {
    const found = await read();
    if (!found) throw new Error('It was never asked for.');
    return found;
  };
  return {
    ...{ ask, read: standing },
    workOff: (by: string, at: Date) => carryOut(store, by, at),
    /** Rejects with 'Failed.'. */
    fail: (by: string, at: Date) => carryOut(broken('Failed.', write), by, at),
    /** Rejects with 'Killed.': it took its lease, and wrote nothing more. */
    die: (by: string, at: Date) => carryOut(broken('Killed.', onlyOnce(write)), by, at),
    /** How often it is handed on, so many minutes later. */
    handOnAt: async (minutes: number) => {
      const { turns } = await standing();
      await handOn(listUnderWay, write, minutesLater(minutes));
      return (await standing()).turns - turns;
    },
  };
}

/** A write that a process does before it is killed; those after it come to nothing. */
function onlyOnce<Work>(write: (next: Work) => Promise<void>): (next: Work) => Promise<void> {
  let writes = 0;
  return (next) => {
    writes += 1;
    return writes === 1 ? write(next) : Promise.reject(new Error('Killed.'));
  };
}
