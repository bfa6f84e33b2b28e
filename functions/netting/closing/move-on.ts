import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import type { Centre } from '../centres/centre.ts';
import type { On } from '../centres/keep-centre.ts';
import { type Cycle, gateCount } from '../cycles/cycle.ts';
import { cycleFor } from '../cycles/find-cycle.ts';
import { obligationIdOf } from '../keys.ts';
import type { Obligation } from '../obligations/obligation.ts';
import { withNews } from '../obligations/obligation-news.ts';
import type { Owed } from '../positions/position.ts';
import type { NettingStore } from '../store.ts';
import { obligationsPerWriteMax, writesAtOnceMax } from '../store-obligations.ts';
import { asToldLast } from '../told/follow-told.ts';

type Store = Pick<
  NettingStore,
  'readCycle' | 'openCycle' | 'readObligations' | 'moveObligations' | 'carryOver' | 'readCarriedTo'
>;

/** What is brought out of a cycle, and by whom. */
export interface MovingOut {
  readonly cycle: Cycle;
  readonly centre: Centre;
  readonly on: On;
}

/**
 * Brings obligations of a cycle that is shut into the next cycle that takes them. Those that are in one stay there, so what broke off
 * goes on. Problems: `netting/calendar-not-published` where there is no next cycle; those of decideAndWrite.
 */
export async function moveObligations(store: Store, out: MovingOut, references: readonly string[]): Promise<void> {
  const limit = pLimit(writesAtOnceMax);
  const ids = references.map((reference) => obligationIdOf(out.cycle.tenant, out.centre.id, reference));
  const groups = partsOf(ids, obligationsPerWriteMax);
  await Promise.all(groups.map((group, place) => limit(() => moveGroup(store, out, group, place % gateCount))));
}

async function moveGroup(store: Store, out: MovingOut, ids: readonly string[], gate: number): Promise<void> {
  const { cycle, on } = out;
  await decideAndWrite(async () => {
    const found = await store.readObligations(cycle.tenant, ids);
    const staying = ids.flatMap((id) => found.get(id) ?? []).filter(({ cycleId }) => cycleId === cycle.id);
    if (staying.length === 0) return { answer: undefined };
    const { id: cycleId } = await nextCycle(store, out);
    const next = staying.map((one) => movedOf(one, { cycleId, gate }, on));
    return { answer: undefined, write: () => store.moveObligations(next, on.at) };
  });
}

/**
 * Where it came from last takes the place of why it came there, so that its item stays under 1 KB. What its source told behind the
 * cut-off counts in the cycle that it comes to.
 */
function movedOf(before: Obligation, place: Pick<Obligation, 'cycleId' | 'gate'>, { at, cause }: On): Obligation {
  const { lateFor: _, ...one } = asToldLast(before);
  const next = { ...one, ...place, movedFrom: one.cycleId, revision: one.revision + 1, changedAt: at, cause };
  return withNews(next, before);
}

/** Brings a part of what a cycle carries into the next cycle, once. Problems: as of moveObligations. */
export async function carryOver(store: Store, out: MovingOut, place: number, owed: readonly Owed[]): Promise<void> {
  await decideAndWrite(async () => {
    if ((await store.readCarriedTo(out.cycle, place)) !== undefined) return { answer: undefined };
    const { id } = await nextCycle(store, out);
    return { answer: undefined, write: () => store.carryOver(out.cycle, place, id, owed) };
  });
}

/** The first later one that takes obligations. */
function nextCycle(store: Store, { cycle, centre, on }: MovingOut): Promise<Cycle> {
  return cycleFor(store, centre, cycle.cutOffDate, on);
}
