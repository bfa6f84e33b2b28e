import pLimit from 'p-limit';
import { findCentre } from '../centres/keep-centre.ts';
import { queuedPaymentIdOf } from '../keys.ts';
import type { SettlingTools } from '../tools.ts';
import { barAfter } from './blame.ts';
import { addSettled, waitingFigures } from './figures.ts';
import { addToDay } from './limits-left.ts';
import { released, writeNext } from './next-resolution.ts';
import { postSets } from './post-sets.ts';
import { postingOf } from './posting.ts';
import { setsOf } from './posting-order.ts';
import { partiesOf, readLimits } from './read-situation.ts';
import type { Decision, QueueHead, Resolution } from './resolution.ts';
import { type PostedParty, packSetLine, type SetLine, unpackSetLine, unpackWaiting } from './resolution-lines.ts';

/** Payments that are marked at once. */
const marksAtOnceMax = 16;

/**
 * Settles what was decided: posts its sets, marks the payments of those that were posted, takes them off the queue, and notes that
 * with the resolution. Each of these comes to the same when it is done again, so a killed process is no matter: the next one does
 * all of it again. Where the ledger refused, the queue is decided again; else the resolution has ended.
 */
export async function settleStep(tools: SettlingTools, before: Resolution, now: Date): Promise<Resolution | undefined> {
  const { store, ledger } = tools;
  const { tenant, id, decision } = before;
  if (!decision) throw new Error(`The resolution ${id} settles, and has decided nothing.`);
  const decided = (await store.readList(tenant, id, decision.sets)).map(unpackSetLine);
  const parties = (await store.readList(tenant, id, decision.parties)) as PostedParty[];
  const sets = setsOf(decided);
  const { settled, refused } = await postSets(postingOf(ledger, before, parties, now), sets);
  const lines = settled.flatMap((set) => set.lines);
  await markAll(tools, before, lines, now);
  await takeOffAll(tools, before, lines);
  const list = lines.length > 0 ? [await store.writeList(tenant, id, lines.map(packSetLine))] : [];
  const done = { settled: [...before.settled, ...list], figures: addSettled(before.figures, settled) };
  if (refused.length === 0 && !decision.hasMore) {
    return writeDone(tools, before, lines, await endOf(tools, before, decision, done, now), now);
  }
  const again = { ...done, state: 'DECIDING', round: before.round + 1 } as const;
  if (refused.length === 0) return writeDone(tools, before, lines, again, now);
  const partyOf = new Map(parties.map(({ party, accountId }) => [accountId, party]));
  const barred = barAfter(before, refused, (accountId) => partyOf.get(accountId));
  const refusedRounds = before.refusedRounds + 1;
  return writeDone(tools, before, lines, { ...again, barred, refusedRounds }, now);
}

/** Notes what was done; where a withdrawal has moved the queue meanwhile, over what it then is. */
async function writeDone(
  tools: SettlingTools,
  before: Resolution,
  lines: readonly SetLine[],
  changes: Partial<Resolution>,
  now: Date,
): Promise<Resolution | undefined> {
  for (;;) {
    const head = await nextHead(tools, before, lines, now);
    const next = await writeNext(tools.store, before, changes, changes.state === 'ENDED' ? released(head) : head, now);
    if (next?.revision !== before.revision) return next;
  }
}

async function markAll({ store }: SettlingTools, of: Resolution, lines: readonly SetLine[], now: Date): Promise<void> {
  const { tenant, centreId, id: resolutionId, cause } = of;
  const limit = pLimit(marksAtOnceMax);
  const by = { resolutionId, changedAt: now.toISOString(), cause };
  await Promise.all(
    lines.map(({ reference }) =>
      limit(() => store.markSettled(tenant, queuedPaymentIdOf(tenant, centreId, reference), by)),
    ),
  );
}

async function takeOffAll({ store }: SettlingTools, of: Resolution, lines: readonly SetLine[]): Promise<void> {
  const gates = Map.groupBy(lines, ({ gate }) => gate);
  await Promise.all(
    [...gates].map(([gate, members]) =>
      store.takeOffQueue(of.tenant, of, gate, new Set(members.map(({ number }) => number))),
    ),
  );
}

/** The queue with what each gave and got besides today. */
async function nextHead(
  { store }: SettlingTools,
  { tenant, id, centreId, currency }: Resolution,
  lines: readonly SetLine[],
  now: Date,
): Promise<QueueHead> {
  const head = await store.readQueueHead(tenant, { centreId, currency });
  if (lines.length === 0) return head;
  const centre = await findCentre(store, { tenant, centreId });
  const { limits, sums, today } = await readLimits(store, centre, currency, head, partiesOf(lines), now);
  const added = addToDay(sums, lines, limits);
  if (added.length === 0) return head;
  return { ...head, day: { date: today, resolutionId: id, sums: await store.writeList(tenant, id, added) } };
}

async function endOf(
  { store }: SettlingTools,
  { tenant, id }: Resolution,
  { waiting }: Decision,
  done: Pick<Resolution, 'settled' | 'figures'>,
  now: Date,
): Promise<Partial<Resolution>> {
  const lines = (await store.readList(tenant, id, waiting)).map(unpackWaiting);
  const figures = { ...done.figures, ...waitingFigures(lines) };
  return { ...done, state: 'ENDED', endedAt: now.toISOString(), waiting, figures };
}
