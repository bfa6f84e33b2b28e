import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import type { Centre } from '../centres/centre.ts';
import { findCentre, type On } from '../centres/keep-centre.ts';
import type { Participant } from '../centres/participant.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { obligationIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type Added, addObligations, type Draft } from './add-obligations.ts';
import { type LineFault, obligationFaults } from './check-obligation.ts';
import { type AskedObligation, type Obligation, saysTheSame } from './obligation.ts';
import type { ReadLine } from './read-lines.ts';

/** What became of a line. */
export type LineResult =
  | Extract<Added, { obligation: Obligation }>
  | { readonly outcome: 'REFUSED'; readonly faults: readonly LineFault[] };

/** The centre that obligations are for, and what day it is there. Problem: `netting/centre-not-found`. */
export async function centreOf(store: NettingStore, tenant: string, centreId: string, now: Date) {
  const centre = await findCentre(store, { tenant, centreId }, { pointer: '/centreId' });
  return { centre, today: businessDateOf(now, centre.schedule.zone) };
}

/**
 * Records the lines of a batch that the centre takes; the others harm none. Answers in their order. What a centre would not take any
 * more is answered all the same where it is there: a participant may have been suspended since. Problems: those of
 * decideAndWrite; then some may be recorded: sent again, it goes on.
 */
export async function takeLines(
  store: NettingStore,
  centre: Centre,
  lines: readonly ReadLine[],
  today: string,
  on: On,
): Promise<LineResult[]> {
  const asked = lines.flatMap((line) => line.asked ?? []);
  const participants = await participantsOf(store, centre, asked);
  const world = { centre, participants, today };
  const faults = new Map<AskedObligation, readonly LineFault[]>();
  for (const one of asked) {
    const found = obligationFaults(one, world);
    if (found.length > 0) faults.set(one, found);
  }
  const taken = asked.filter((one) => !faults.has(one));
  const [added, there] = await Promise.all([
    addObligations(
      store,
      centre,
      taken.map((one): Draft => ({ asked: one, ...on })),
    ),
    readThere(store, centre, [...faults.keys()]),
  ]);
  const results = new Map(taken.map((one, place) => [one, added[place]]));
  return lines.map(({ asked: one, faults: malformed = [] }) => {
    if (!one) return { outcome: 'REFUSED', faults: malformed };
    const before = there.get(one.reference);
    if (before && faults.has(one) && saysTheSame(before, one)) return { outcome: 'KNOWN', obligation: before };
    return resultOf(results.get(one), faults.get(one));
  });
}

function resultOf(added: Added | undefined, faults: readonly LineFault[] | undefined): LineResult {
  if (faults) return { outcome: 'REFUSED', faults };
  if (!added) throw new Error('A line was neither added nor refused.');
  return added.outcome === 'REFUSED' ? { outcome: 'REFUSED', faults: [added.fault] } : added;
}

/**
 * Records one obligation; the same reference with the same content answers what is there. Problems: `netting/obligation-refused`,
 * `netting/obligation-reference-used`, `netting/calendar-not-published`; and those of decideAndWrite.
 */
export async function takeOne(
  store: NettingStore,
  record: (centre: Centre, draft: Draft) => Promise<Added>,
  centre: Centre,
  asked: AskedObligation,
  today: string,
  on: On,
): Promise<Extract<Added, { obligation: Obligation }>> {
  const world = { centre, participants: await participantsOf(store, centre, [asked]), today };
  const faults = obligationFaults(asked, world);
  if (faults.length > 0) {
    const before = (await readThere(store, centre, [asked])).get(asked.reference);
    if (before && saysTheSame(before, asked)) return { outcome: 'KNOWN', obligation: before };
    throw refusal(faults);
  }
  const added = await record(centre, { asked, ...on });
  if (added.outcome === 'REFUSED') throw refusal([added.fault]);
  return added;
}

function participantsOf(
  store: NettingStore,
  centre: Centre,
  asked: readonly AskedObligation[],
): Promise<Map<string, Participant>> {
  return readParticipantsOf(
    store,
    centre,
    asked.flatMap(({ payer, payee }) => [payer, payee]),
  );
}

/** What is there of some references. */
async function readThere(store: NettingStore, { tenant, id }: Centre, asked: readonly AskedObligation[]) {
  const ids = new Set(asked.map(({ reference }) => obligationIdOf(tenant, id, reference)));
  const found = ids.size > 0 ? await store.readObligations(tenant, [...ids]) : new Map<string, Obligation>();
  return new Map([...found.values()].map((one) => [one.reference, one]));
}

function refusal(faults: readonly LineFault[]) {
  const [{ code, detail } = { code: 'MALFORMED', detail: '' }] = faults;
  const errors = faults.slice(0, FAULTS_MAX).map((fault) => {
    return { pointer: `/${fault.field.replaceAll('.', '/')}`, detail: fault.detail };
  });
  const problem =
    code === 'REFERENCE_USED'
      ? problems['obligation-reference-used']
      : code === 'CALENDAR_NOT_PUBLISHED'
        ? problems['calendar-not-published']
        : problems['obligation-refused'];
  return problem.with({ detail, reason: code }).at(...errors);
}
