import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import { onceEach } from '../batches/once-each.ts';
import type { Centre } from '../centres/centre.ts';
import type { On } from '../centres/keep-centre.ts';
import { type Cycle, type CycleState, gateCount, gateOfTry } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import type { NettingStore } from '../store.ts';
import { gatePolicy, obligationsPerWriteMax, writesAtOnceMax } from '../store-obligations.ts';
import {
  type Acted,
  type ActFault,
  changeObligation,
  type ObligationAct,
  tooLate,
  wrongState,
} from './change-obligation.ts';
import type { Obligation } from './obligation.ts';
import { readOfCentre } from './read-of-centre.ts';

type Store = Pick<NettingStore, 'readCycle' | 'readObligations' | 'changeObligations'>;
type Of = Pick<Centre, 'tenant' | 'id'>;

/**
 * Does the same to many obligations of a centre, each by itself as actOnObligation does, and written as batches are; answers in the
 * order of their references. Asked again, it changes nothing more, so what broke off goes on. Problems: those of decideAndWrite; then
 * some may be changed.
 */
export function actTogether(
  store: Store,
  centre: Of,
  references: readonly string[],
  act: ObligationAct,
  on: On,
): Promise<Acted[]> {
  return onceEach(
    references,
    (reference) => reference,
    (different) => actOnDiffering(store, centre, different, act, on),
    (first) => (first.outcome === 'CHANGED' ? { ...first, outcome: 'UNCHANGED' } : first),
  );
}

async function actOnDiffering(store: Store, centre: Of, references: readonly string[], act: ObligationAct, on: On) {
  const acted = new Map<string, Acted>();
  const limit = pLimit(writesAtOnceMax);
  // What has gone to another cycle meanwhile is looked for once more.
  for (let left = references; left.length > 0; left = left.filter((reference) => !acted.has(reference))) {
    const parts = await findParts(store, centre, left, acted);
    const results = await Promise.all(
      parts.map((part, place) => limit(() => actOnPart(store, part, place % gateCount, act, on))),
    );
    for (const [reference, one] of results.flat()) acted.set(reference, one);
  }
  return acted;
}

/** Obligations of one cycle that are written together. */
interface Part {
  readonly cycle: Cycle;
  readonly obligations: readonly Obligation[];
}

/** Notes those that there are not. */
async function findParts(store: Store, { tenant, id }: Of, references: readonly string[], acted: Map<string, Acted>) {
  const found = await readOfCentre(store, { tenant, centreId: id }, references);
  for (const reference of references) {
    if (!found.has(reference)) acted.set(reference, notFound(id, reference));
  }
  const parts: Part[] = [];
  for (const [cycleId, members] of Map.groupBy(found.values(), (one) => one.cycleId)) {
    const cycle = await findCycle(store, { tenant, cycleId });
    parts.push(...partsOf(members, obligationsPerWriteMax).map((obligations) => ({ cycle, obligations })));
  }
  return parts;
}

/** Those that stand in another cycle by now have no answer. */
async function actOnPart(
  store: Store,
  part: Part,
  gate: number,
  act: ObligationAct,
  on: On,
): Promise<[string, Acted][]> {
  const ids = part.obligations.map(({ id }) => id);
  let { cycle, obligations } = part;
  let tries = 0;
  return decideAndWrite(async () => {
    const tried = tries++;
    if (tried > 0) {
      cycle = await findCycle(store, { tenant: cycle.tenant, cycleId: cycle.id });
      obligations = [...(await store.readObligations(cycle.tenant, ids)).values()];
    }
    const staying = obligations.filter(({ cycleId }) => cycleId === cycle.id);
    const steps = staying.map((one) => [one.reference, stepOf(one, cycle, act, on)] as const);
    const next = steps.flatMap(([, { write }]) => write ?? []);
    const whileIn = next[0]?.whileIn ?? [];
    const changed = next.map(({ obligation }) => obligation);
    return {
      answer: steps.map(([reference, { acted }]): [string, Acted] => [reference, acted]),
      ...(changed.length > 0 && { write: () => store.changeObligations(changed, gateOfTry(gate, tried), whileIn) }),
    };
  }, gatePolicy);
}

interface ActStep {
  readonly acted: Acted;
  readonly write?: { readonly obligation: Obligation; readonly whileIn: readonly CycleState[] };
}

function stepOf(before: Obligation, cycle: Cycle, act: ObligationAct, on: On): ActStep {
  const change = changeObligation(before, cycle, act, on);
  switch (change.outcome) {
    case 'CHANGED':
      return { acted: { outcome: 'CHANGED', obligation: change.obligation }, write: change };
    case 'UNCHANGED': {
      // By this very request, in a write that had no answer.
      const isOwn = before.changedAt === on.at && before.cause.requestId === on.cause.requestId && before.revision > 1;
      return { acted: { outcome: isOwn ? 'CHANGED' : 'UNCHANGED', obligation: before } };
    }
    case 'WRONG_STATE':
      return { acted: refused('OBLIGATION_STATE', wrongState(before, act)) };
    case 'TOO_LATE':
      return { acted: refused('CYCLE_CLOSED', tooLate(cycle, act, change.until)) };
  }
}

function notFound(centreId: string, reference: string): Acted {
  return refused('OBLIGATION_NOT_FOUND', `${centreId} has no obligation ${reference}.`);
}

function refused(code: ActFault['code'], detail: string): Acted {
  return { outcome: 'REFUSED', faults: [{ code, field: 'reference', detail }] };
}
