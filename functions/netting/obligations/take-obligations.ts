import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { ReadLine, Refused } from '../batches/batch-line.ts';
import { fieldFaults, type Taking, takeAlone, takeBatch } from '../batches/take-batch.ts';
import type { Centre } from '../centres/centre.ts';
import { findCentre, type On } from '../centres/keep-centre.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type Added, addObligations, type Draft } from './add-obligations.ts';
import { type LineFault, obligationFaults } from './check-obligation.ts';
import { type AskedObligation, type Obligation, saysTheSame } from './obligation.ts';
import { readOfCentre } from './read-of-centre.ts';

type Kept = Extract<Added, { obligation: Obligation }>;

/** What became of a line. */
export type LineResult = Kept | Refused<LineFault>;

/** The centre that obligations are for, and what day it is there. Problem: `netting/centre-not-found`. */
export async function centreOf(store: NettingStore, tenant: string, centreId: string, now: Date) {
  const centre = await findCentre(store, { tenant, centreId }, { pointer: '/centreId' });
  return { centre, today: businessDateOf(now, centre.schedule.zone) };
}

/** Records the lines of a batch, as takeBatch does. Problems: those of decideAndWrite. */
export async function takeLines(
  store: NettingStore,
  centre: Centre,
  lines: readonly ReadLine<AskedObligation, LineFault>[],
  today: string,
  on: On,
): Promise<LineResult[]> {
  const asked = lines.flatMap((line) => line.asked ?? []);
  const taking = await takingOf(store, centre, asked, today);
  const draftOf = (one: AskedObligation): Draft => ({ asked: one, ...on });
  return takeBatch(lines, { ...taking, take: (good) => addObligations(store, centre, good.map(draftOf)) });
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
): Promise<Kept> {
  const taking = await takingOf(store, centre, [asked], today);
  const take = (good: readonly AskedObligation[]) =>
    Promise.all(good.map((one) => record(centre, { asked: one, ...on })));
  return takeAlone(asked, { ...taking, take }, refusal);
}

/** What a centre has against obligations, and which of them it has. */
async function takingOf(
  store: NettingStore,
  centre: Centre,
  asked: readonly AskedObligation[],
  today: string,
): Promise<Omit<Taking<AskedObligation, Kept, LineFault>, 'take'>> {
  const parties = asked.flatMap(({ payer, payee }) => [payer, payee]);
  const world = { centre, participants: await readParticipantsOf(store, centre, parties), today };
  return {
    faultsOf: (one) => obligationFaults(one, world),
    findKnown: async (others) => {
      const { tenant, id: centreId } = centre;
      const references = others.map(({ reference }) => reference);
      const found = await readOfCentre(store, { tenant, centreId }, references);
      return new Map(
        others.flatMap((one): [AskedObligation, Kept][] => {
          const obligation = found.get(one.reference);
          return obligation && saysTheSame(obligation, one) ? [[one, { outcome: 'KNOWN', obligation }]] : [];
        }),
      );
    },
  };
}

function refusal(faults: readonly LineFault[]) {
  const [{ code, detail } = { code: 'MALFORMED', detail: '' }] = faults;
  const problem =
    code === 'REFERENCE_USED'
      ? problems['obligation-reference-used']
      : code === 'CALENDAR_NOT_PUBLISHED'
        ? problems['calendar-not-published']
        : problems['obligation-refused'];
  return problem.with({ detail, reason: code }).at(...fieldFaults(faults));
}
