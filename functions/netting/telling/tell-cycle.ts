import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { type Cycle, gateCount } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { readOfCentre } from '../obligations/read-of-centre.ts';
import type { NettingStore } from '../store.ts';
import { begunTelling, nextTelling } from './next-telling.ts';
import { pagesOf, referencesToTell } from './pages-of.ts';
import type { Telling, TellingKind, ToldPage } from './telling.ts';

type Store = Pick<NettingStore, 'readCycle' | 'readLines' | 'readObligations' | 'readTelling' | 'writeTelling'>;

/** Items of lines that are looked through together: 90 lines each at most, so that their pages fit one transaction. */
const itemsPerStep = 50;

export interface TellCycle {
  readonly tenant: string;
  readonly cycleId: string;
  readonly kind: TellingKind;
  /** After so many it is handed on. */
  readonly stepsMax: number;
}

/**
 * Tells sources of the obligations of a cycle that came of their events, each once: pages are written together with how far it got,
 * so that what broke off goes on from there. Nothing where another carries it on at the same time. Throws Error for SETTLED of a
 * cycle that is not; and what DynamoDB throws.
 */
export async function tellCycle(
  store: Store,
  { tenant, cycleId, kind, stepsMax }: TellCycle,
  now: Date,
): Promise<void> {
  const cycle = await findCycle(store, { tenant, cycleId });
  const isSo = kind === 'SETTLED' ? cycle.state === 'SETTLED' : cycle.state !== 'OPEN';
  if (!isSo) throw new Error(`The cycle ${cycleId} is ${cycle.state}.`);
  const found = await store.readTelling(tenant, cycleId, kind);
  // As it is to be written next.
  let telling = found ? nextTelling(found, now) : begunTelling(cycle, kind, now);
  for (let steps = 0; telling.gate < gateCount; steps++) {
    if (steps >= stepsMax) {
      await isWritten(store, { ...telling, turn: telling.turn + 1 }, []);
      return;
    }
    const { next, pages } = await look(store, cycle, telling);
    telling = next;
    // Where nothing is to be told, how far it got is as good as not said.
    if (pages.length === 0 && next.gate < gateCount) continue;
    if (!(await isWritten(store, next, pages))) return;
    telling = nextTelling(next, now);
  }
}

/** The next lines, and what is told of the obligations that came with them. */
async function look(
  store: Store,
  cycle: Cycle,
  { after, ...telling }: Telling,
): Promise<{ readonly next: Telling; readonly pages: readonly ToldPage[] }> {
  const { tenant, id, centreId } = cycle;
  const items = await store.readLines(tenant, id, telling.gate, after, itemsPerStep);
  const references = referencesToTell(
    items.flatMap(({ lines }) => lines),
    telling.kind,
  );
  const obligations = await readOfCentre(store, { tenant, centreId }, references);
  const last = items.at(-1);
  const isOver = items.length < itemsPerStep || last === undefined;
  const next = isOver ? { ...telling, gate: telling.gate + 1 } : { ...telling, after: last.sk };
  return { next, pages: pagesOf(cycle, telling, [...obligations.values()]) };
}

/** False where another was faster. */
async function isWritten(store: Store, next: Telling, pages: readonly ToldPage[]): Promise<boolean> {
  try {
    await store.writeTelling(next, pages);
    return true;
  } catch (error) {
    if (classifyWriteFailure(error) === 'MOVED') return false;
    throw error;
  }
}
