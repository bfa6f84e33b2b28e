import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { findCentre } from '../centres/keep-centre.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { isUnpublished } from '../cycles/plan-cycle.ts';
import { settlesFrom } from '../settling/times.ts';
import type { NettingStore } from '../store.ts';
import type { ClosingTools } from '../tools.ts';
import { handedOn, silenceEnds } from './ask-closing.ts';
import type { Closing, CycleResult, Hindrance } from './closing.ts';
import { gatherCycle } from './gather-cycle.ts';
import { carryOver, type MovingOut, moveObligations } from './move-on.ts';
import { packResult } from './pack-result.ts';
import { workOut } from './work-out.ts';

/** How long a closing waits for a rate, or for a calendar, before it is tried again. */
const waitMs = 15 * MINUTE_MS;
/** Breaches that are named with the cycle; the report has all. */
const breachesNamedMax = 20;

/** Which closing, and how many steps of it are done before it is handed on: to net is one, and each block that moves. */
export interface CarryOnClosing {
  readonly tenant: string;
  readonly cycleId: string;
  readonly stepsMax: number;
}

/**
 * Carries the closing of a cycle on from where it stands: works its figures out once, brings what is not netted into the next cycle,
 * and makes it CLOSED. Each step is done again after a kill and comes to the same. Nothing, where another carries it on at the same
 * time, or something is in the way.
 */
export async function carryOnClosing(
  tools: ClosingTools,
  { tenant, cycleId, stepsMax }: CarryOnClosing,
  now: Date,
): Promise<void> {
  let cycle = await tools.store.readCycle(tenant, cycleId);
  for (let steps = 0; cycle?.closing && !cycle.closing.hindrance; steps++) {
    const { closing, result } = cycle;
    if (steps >= stepsMax) {
      await advance(tools.store, cycle, { closing: handedOn(closing, now.toISOString()) }, now);
      return;
    }
    cycle =
      closing.state === 'MOVING' && result
        ? await moveStep(tools, cycle, closing, result, now)
        : await netStep(tools, cycle, closing, now);
  }
}

/** Each attempt has places of its own for its rows, so that two at once cannot mix theirs. */
async function netStep(tools: ClosingTools, found: Cycle, before: Closing, now: Date): Promise<Cycle | undefined> {
  const { store } = tools;
  const closing: Closing = { ...before, attempt: before.attempt + 1, askAgainAt: silenceEnds(now.toISOString()) };
  const cycle = await advance(store, found, { closing }, now);
  if (!cycle) return undefined;
  const gathered = await gatherCycle(tools, cycle);
  if (!gathered) throw new Error(`The cycle ${cycle.id} was not gathered.`);
  const worked = workOut(gathered, closing);
  if (worked.outcome === 'FX_RATE_MISSING') {
    const { missing } = worked;
    return stop(store, cycle, closing, { why: 'FX_RATE_MISSING', missing }, now);
  }
  const { attempt } = closing;
  const packed = await store.writeResult(cycle, attempt, packResult(worked.figures, worked.rows));
  const result: CycleResult = { attempt, ...packed };
  if (worked.outcome === 'NETTED') {
    return advance(store, cycle, { result, closing: { ...closing, state: 'MOVING' } }, now);
  }
  const breaches = worked.breaches.slice(0, breachesNamedMax);
  const hindrance = { why: 'LIMITS_BREACHED', count: worked.breaches.length, breaches } as const;
  return stop(store, { ...cycle, result }, closing, hindrance, now);
}

async function moveStep(
  { store }: ClosingTools,
  cycle: Cycle,
  closing: Closing,
  result: CycleResult,
  now: Date,
): Promise<Cycle | undefined> {
  const { attempt, blocks } = result;
  const { blocksMoved, blocksCarried } = closing;
  if (blocksMoved >= blocks.MOVED && blocksCarried >= blocks.CARRIED) return close(store, cycle, now);
  const on = { at: now.toISOString(), cause: cycle.cause };
  const out: MovingOut = { cycle, centre: await findCentre(store, cycle), on };
  const askAgainAt = silenceEnds(on.at);
  try {
    if (blocksMoved < blocks.MOVED) {
      const rows = await store.readResultRows(cycle, attempt, 'MOVED', blocksMoved);
      const references = rows.map(([reference]) => reference);
      await moveObligations(store, out, references);
      return await advance(store, cycle, { closing: { ...closing, blocksMoved: blocksMoved + 1, askAgainAt } }, now);
    }
    const rows = await store.readResultRows(cycle, attempt, 'CARRIED', blocksCarried);
    const owed = rows.map(([payer, payee, currency, amount]) => ({ payer, payee, currency, amount }));
    await carryOver(store, out, carriedBefore(cycle) + blocksCarried, owed);
    return await advance(store, cycle, { closing: { ...closing, blocksCarried: blocksCarried + 1, askAgainAt } }, now);
  } catch (error) {
    if (!isUnpublished(error)) throw error;
    return stop(store, cycle, closing, { why: 'CALENDAR_NOT_PUBLISHED', detail: error.message }, now);
  }
}

/** In one write: its gates have been shut since its confirmation ended. */
async function close(store: NettingStore, { closing: _, ...cycle }: Cycle, now: Date): Promise<Cycle | undefined> {
  const { schedule } = await findCentre(store, cycle);
  const settleFrom = settlesFrom(cycle.valueDate, schedule.zone);
  return advance(store, cycle, { state: 'CLOSED', closedAt: now.toISOString(), settleFrom }, now);
}

/** Blocks that closings before this one have carried: each has a place of its own for ever. */
function carriedBefore({ earlier = [] }: Cycle): number {
  return earlier.reduce((sum, { carried }) => sum + carried, 0);
}

/** What a person has to see to is not asked for again by itself. */
function stop(store: NettingStore, cycle: Cycle, closing: Closing, hindrance: Hindrance, now: Date) {
  const { askAgainAt: _, ...rest } = closing;
  const isForPerson = hindrance.why === 'LIMITS_BREACHED';
  const askAgainAt = new Date(now.getTime() + waitMs).toISOString();
  return advance(store, cycle, { closing: { ...rest, hindrance, ...(!isForPerson && { askAgainAt }) } }, now);
}

/** The next state of a cycle; nothing where another was faster. Throws what DynamoDB throws, where it did not take the write. */
export async function advance(
  store: Pick<NettingStore, 'replaceCycle'>,
  cycle: Cycle,
  changes: Partial<Cycle>,
  now: Date,
): Promise<Cycle | undefined> {
  const next: Cycle = { ...cycle, ...changes, revision: cycle.revision + 1, changedAt: now.toISOString() };
  try {
    await store.replaceCycle(next);
    return next;
  } catch (error) {
    if (classifyWriteFailure(error) === 'MOVED') return undefined;
    throw error;
  }
}
