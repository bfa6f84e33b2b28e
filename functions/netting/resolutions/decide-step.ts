import { findCentre } from '../centres/keep-centre.ts';
import type { SettlingTools } from '../tools.ts';
import { decideRound, type QueueWorld } from './decide-round.ts';
import { waitingFigures } from './figures.ts';
import { released, writeNext } from './next-resolution.ts';
import { partiesOf, readSituation } from './read-situation.ts';
import type { Resolution } from './resolution.ts';
import { type PostedParty, packSetLine, packWaiting, type SetLine } from './resolution-lines.ts';

/**
 * Sets that are posted in a round, at most: where they are all of one payer they are posted one after the other, and a turn of some
 * rounds has to end before its function does.
 */
const setsPerRoundMax = 2_000;

/**
 * Decides what of the queue settles now. What is decided is written before anything of it is posted, and only where nothing was
 * withdrawn since the queue was read. Where nothing settles, the resolution has ended.
 */
export async function decideStep(
  tools: SettlingTools,
  before: Resolution,
  now: Date,
  setsMax = setsPerRoundMax,
): Promise<Resolution | undefined> {
  const { store } = tools;
  const { tenant, id, centreId, currency } = before;
  const head = await store.readQueueHead(tenant, before);
  const centre = await findCentre(store, { tenant, centreId });
  const world = await readSituation(tools, centre, currency, head, before.barred, now);
  const { sets, waiting } = decideRound(world, before.setsDecided);
  const waitingList = await store.writeList(tenant, id, waiting.map(packWaiting));
  if (sets.length === 0) {
    const figures = { ...before.figures, ...waitingFigures(waiting) };
    const end = { state: 'ENDED', endedAt: now.toISOString(), waiting: waitingList, figures } as const;
    return writeNext(store, before, end, released(head), now);
  }
  // The first ones of what settles in this order settle without the rest.
  const taken = sets.filter(({ set }) => set <= before.setsDecided + setsMax);
  const decision = {
    sets: await store.writeList(tenant, id, taken.map(packSetLine)),
    parties: await store.writeList(tenant, id, postedParties(taken, world)),
    waiting: waitingList,
    hasMore: taken.length < sets.length,
  };
  const setsDecided = taken.at(-1)?.set ?? before.setsDecided;
  return writeNext(store, before, { state: 'SETTLING', decision, setsDecided }, head, now);
}

function postedParties(sets: readonly SetLine[], { usable, limits }: QueueWorld): PostedParty[] {
  const { accounts, floors } = usable;
  const { netDebitLimits, bilateralLimits } = limits;
  return [...partiesOf(sets)].map((party) => {
    const accountId = accounts.get(party);
    if (accountId === undefined) throw new Error(`It was decided to pay ${party}, which has no account.`);
    const isLimited = netDebitLimits.has(party) || bilateralLimits.has(party);
    return { party, accountId, floor: floors.get(party) ?? 0n, isLimited };
  });
}
