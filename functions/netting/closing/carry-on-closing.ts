import { describeError, writeLog } from '../../../shared/http/log.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { findCentre } from '../centres/keep-centre.ts';
import { advance } from '../cycles/advance.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { isUnpublished } from '../cycles/plan-cycle.ts';
import { settlesFrom } from '../settling/times.ts';
import type { NettingStore } from '../store.ts';
import type { ClosingTools } from '../tools.ts';
import { handedOn, silenceEnds } from './ask-closing.ts';
import type { Closing, CycleResult, Hindrance } from './closing.ts';
import { countLines, gatherCycle } from './gather-cycle.ts';
import { carryOver, type MovingOut, moveObligations } from './move-on.ts';
import { gotOn, noteFailure } from './note-failure.ts';
import { packResult } from './pack-result.ts';
import { stillLacking } from './read-rates.ts';
import { workOut } from './work-out.ts';

/** How long a closing waits for a rate, or for a calendar, before it is tried again. */
const waitMs = 15 * MINUTE_MS;
/** Breaches that are named with the cycle; the report has all. */
const breachesNamedMax = 20;
/**
 * Lines that are netted at once, at most. A million obligations, each confirmed, are two million lines: 1,027 MB and 152 s on a loaded
 * machine; the function has 3,008 MB and 900 s.
 */
const linesAtOnceMax = 4_000_000;

/** Which closing, and how many steps of it are done before it is handed on: to net is one, and each block that moves. */
export interface CarryOnClosing {
  readonly tenant: string;
  readonly cycleId: string;
  readonly stepsMax: number;
  readonly linesMax?: number;
}

/**
 * Carries the closing of a cycle on from where it stands: works its figures out once, brings what is not netted into the next cycle,
 * and makes it CLOSED. Each step is done again after a kill and comes to the same. Nothing, where another carries it on at the same
 * time, or something is in the way. What fails is noted with the cycle, and it is tried again later. Throws where that could not be
 * noted.
 */
export async function carryOnClosing(tools: ClosingTools, which: CarryOnClosing, now: Date): Promise<void> {
  try {
    await takeSteps(tools, which, now);
  } catch (error) {
    const { tenant, cycleId } = which;
    writeLog({ level: 'ERROR', message: 'cycle not closed', tenant, cycleId, error: describeError(error) });
    await noteFailure(tools.store, which, now);
  }
}

async function takeSteps(tools: ClosingTools, which: CarryOnClosing, now: Date): Promise<void> {
  const { tenant, cycleId, stepsMax, linesMax = linesAtOnceMax } = which;
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
        : await netStep(tools, cycle, closing, linesMax, now);
  }
}

/** Each attempt has places of its own for its rows, so that two at once cannot mix theirs. */
async function netStep(
  tools: ClosingTools,
  found: Cycle,
  { lacking: before, ...rest }: Closing,
  linesMax: number,
  now: Date,
): Promise<Cycle | undefined> {
  const { store } = tools;
  const lacking = await stillLacking(tools, found, before);
  if (lacking)
    return stop(store, found, { ...rest, lacking }, { why: 'FX_RATE_MISSING', missing: lacking.missing }, now);
  const closing: Closing = { ...rest, attempt: rest.attempt + 1, askAgainAt: silenceEnds(now.toISOString()) };
  const cycle = await advance(store, found, { closing }, now);
  if (!cycle) return undefined;
  const gathered = await gatherCycle(tools, cycle, linesMax);
  if (!gathered) {
    const lines = await countLines(store, cycle);
    return stop(store, cycle, closing, { why: 'TOO_MANY_LINES', lines, linesMax }, now);
  }
  const worked = workOut(gathered, closing);
  if (worked.outcome === 'FX_RATE_MISSING') {
    const { missing } = worked;
    const lacks = { ...closing, lacking: { centreVersion: gathered.centre.revision, missing } };
    return stop(store, cycle, lacks, { why: 'FX_RATE_MISSING', missing }, now);
  }
  const { attempt } = closing;
  const packed = await store.writeResult(cycle, attempt, packResult(worked.figures, worked.rows));
  const result: CycleResult = { attempt, ...packed };
  if (worked.outcome === 'NETTED') {
    return advance(store, cycle, { result, closing: { ...gotOn(closing), state: 'MOVING' } }, now);
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
  const going = gotOn(closing);
  if (blocksMoved >= blocks.MOVED && blocksCarried >= blocks.CARRIED) return close(store, cycle, now);
  const on = { at: now.toISOString(), cause: cycle.cause };
  const out: MovingOut = { cycle, centre: await findCentre(store, cycle), on };
  const askAgainAt = silenceEnds(on.at);
  try {
    if (blocksMoved < blocks.MOVED) {
      const rows = await store.readResultRows(cycle, attempt, 'MOVED', blocksMoved);
      const references = rows.map(([reference]) => reference);
      await moveObligations(store, out, references);
      return await advance(store, cycle, { closing: { ...going, blocksMoved: blocksMoved + 1, askAgainAt } }, now);
    }
    const rows = await store.readResultRows(cycle, attempt, 'CARRIED', blocksCarried);
    const owed = rows.map(([payer, payee, currency, amount]) => ({ payer, payee, currency, amount }));
    await carryOver(store, out, carriedBefore(cycle) + blocksCarried, owed);
    return await advance(store, cycle, { closing: { ...going, blocksCarried: blocksCarried + 1, askAgainAt } }, now);
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
  const { askAgainAt: _, ...rest } = gotOn(closing);
  const isForPerson = hindrance.why === 'LIMITS_BREACHED' || hindrance.why === 'TOO_MANY_LINES';
  const askAgainAt = new Date(now.getTime() + waitMs).toISOString();
  return advance(store, cycle, { closing: { ...rest, hindrance, ...(!isForPerson && { askAgainAt }) } }, now);
}
