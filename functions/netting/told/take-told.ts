import pLimit from 'p-limit';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { addObligations, type Draft } from '../obligations/add-obligations.ts';
import { type LineFault, obligationFaults } from '../obligations/check-obligation.ts';
import type { NettingStore } from '../store.ts';
import { askedOf, type CentreWorld } from './asked-of.ts';
import { findFollowed } from './find-followed.ts';
import { findParties, type PlacedTold, type ToldOfCentre } from './find-parties.ts';
import { followOne } from './follow-one.ts';
import { latestOf, referenceOf, type Told } from './told.ts';

/** What became of what was told. NO_OBLIGATION: not between participants of a centre. FAILED: to be told again. */
export type TakenAs = 'ADDED' | 'CHANGED' | 'NOTED' | 'KNOWN' | 'UNTAKEN' | 'NO_OBLIGATION' | 'FAILED';

export interface TakenTold {
  readonly told: Told;
  readonly as: TakenAs;
  /** The centre that it is of by now. */
  readonly centreId?: string;
  readonly error?: unknown;
}

const followedAtOnceMax = 8;

/**
 * Takes what events told into obligations: new ones of a centre are written together, those that are there follow. Each subject
 * counts once, as it was told last, however often and in whatever order it is told. What a centre cannot take is kept for it with the
 * reasons. Answers for each what became of it; of one that failed nothing is lost where it is told again.
 */
export async function takeTold(store: NettingStore, all: readonly Told[], now: Date): Promise<TakenTold[]> {
  const byTenant = Map.groupBy(latestOf(all), ({ tenant }) => tenant);
  const taken = new Map<string, TakenTold>();
  for (const [tenant, told] of byTenant) {
    for (const one of await ofTenant(store, told, now)) taken.set(`${tenant} ${referenceOf(one.told)}`, one);
  }
  return all.map((told) => {
    const last = taken.get(`${told.tenant} ${referenceOf(told)}`);
    if (!last) return { told, as: 'NO_OBLIGATION' };
    return last.told === told || last.as === 'FAILED' ? { ...last, told } : { told, as: 'KNOWN' };
  });
}

/** Where parties cannot be found, all of the tenant has failed. */
async function ofTenant(store: NettingStore, told: readonly Told[], now: Date): Promise<TakenTold[]> {
  try {
    const { followed, rest } = await findFollowed(store, told);
    const unknown = await findParties(store, rest, now.toISOString());
    const taken: TakenTold[] = [];
    for (const group of followed) taken.push(...(await ofCentre(store, group, false, now)));
    for (const group of unknown) taken.push(...(await ofCentre(store, group, true, now)));
    return taken;
  } catch (error) {
    return told.map((one) => ({ told: one, as: 'FAILED', error }));
  }
}

/** What is new is added, but where another was faster: then it follows, as what is there does. */
async function ofCentre(
  store: NettingStore,
  { centre, placed }: ToldOfCentre,
  isNew: boolean,
  now: Date,
): Promise<TakenTold[]> {
  const { tenant, id: centreId } = centre;
  const at = now.toISOString();
  const references = placed.map(({ told }) => referenceOf(told));
  const parties = placed.flatMap(({ payer, payee }) => [payer, payee]);
  const [kept, participants] = await Promise.all([
    store.readUntaken(tenant, centreId, references),
    readParticipantsOf(store, centre, parties),
  ]);
  const world = { centre, participants, today: businessDateOf(now, centre.schedule.zone) };
  const added = await addNew(store, isNew ? placed : [], world, at);
  const limit = pLimit(followedAtOnceMax);
  return Promise.all(
    placed.map((one) =>
      limit(async (): Promise<TakenTold> => {
        const { told } = one;
        try {
          const outcome = added.get(told) ?? (await followOne(store, one, world, at));
          if (typeof outcome !== 'string') {
            await store.keepUntaken({
              told,
              centreId,
              payer: one.payer,
              payee: one.payee,
              faults: outcome,
              triedAt: at,
            });
            return { told, as: 'UNTAKEN', centreId };
          }
          if (kept.has(referenceOf(told))) await store.dropUntaken({ centreId, told });
          return { told, as: outcome, centreId };
        } catch (error) {
          return { told, as: 'FAILED', error };
        }
      }),
    ),
  );
}

/** Adds together what is new; what another was faster with is not in the answer. Where the write fails, none is. */
async function addNew(
  store: NettingStore,
  placed: readonly PlacedTold[],
  world: CentreWorld,
  at: string,
): Promise<Map<Told, 'ADDED' | readonly LineFault[]>> {
  const outcomes = new Map<Told, 'ADDED' | readonly LineFault[]>();
  const drafts = new Map<Told, Draft>();
  for (const one of placed) {
    const asked = askedOf(one, world, at);
    const faults = one.told.owed > 0n ? obligationFaults(asked, world) : [];
    if (faults.length > 0) outcomes.set(one.told, faults);
    else drafts.set(one.told, { asked, at, cause: one.told.cause });
  }
  const added = await addObligations(store, world.centre, [...drafts.values()]);
  for (const [place, told] of [...drafts.keys()].entries()) {
    const result = added[place];
    if (result?.outcome === 'ACCEPTED') outcomes.set(told, 'ADDED');
    if (result?.outcome === 'REFUSED' && result.fault.code !== 'REFERENCE_USED') outcomes.set(told, [result.fault]);
  }
  return outcomes;
}
