import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import { jsonPointer } from '../../../shared/http/json.ts';
import type { ProblemFactory } from '../../../shared/problems/problem.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { Obligation } from '../obligations/obligation.ts';
import { readOfCentre } from '../obligations/read-of-centre.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';

type Store = Pick<NettingStore, 'readObligations'>;

/** Problem: `netting/obligation-not-found`, at each reference of `leaveOut` that has no obligation in the cycle, or one taken back. */
export async function requireStanding(store: Store, cycle: Cycle, references: readonly string[] = []): Promise<void> {
  await refuseEach(store, cycle, references, problems['obligation-not-found'], (reference, found) => {
    if (found?.cycleId !== cycle.id) return `There is no obligation ${reference} in ${cycle.id}.`;
    return found.state === 'WITHDRAWN'
      ? `The obligation ${reference} was withdrawn: nothing of it is netted.`
      : undefined;
  });
}

/**
 * Of a cycle that is closed: what is to be left out of it must be in another. Problems: `netting/obligation-not-found` at each
 * reference without an obligation, `netting/cycle-closed` at each that stands in the cycle.
 */
export async function requireGone(store: Store, cycle: Cycle, references: readonly string[] = []): Promise<void> {
  await refuseEach(store, cycle, references, problems['obligation-not-found'], (reference, found) =>
    found ? undefined : `There is no obligation ${reference} in ${cycle.centreId}.`,
  );
  await refuseEach(store, cycle, references, problems['cycle-closed'], (reference, found) =>
    found?.cycleId === cycle.id
      ? `The cycle ${cycle.id} is ${cycle.state}, and ${reference} is part of it.`
      : undefined,
  );
}

async function refuseEach(
  store: Store,
  { tenant, id: cycleId, centreId, state }: Cycle,
  references: readonly string[],
  problem: ProblemFactory,
  faultOf: (reference: string, found: Obligation | undefined) => string | undefined,
): Promise<void> {
  const there = await readOfCentre(store, { tenant, centreId }, references);
  const errors = references.flatMap((reference, place) => {
    const detail = faultOf(reference, there.get(reference));
    return detail === undefined ? [] : [{ pointer: jsonPointer(['leaveOut', place]), detail }];
  });
  const [first] = errors;
  if (first) throw problem.with({ detail: first.detail, cycleId, state }).at(...errors.slice(0, FAULTS_MAX));
}
