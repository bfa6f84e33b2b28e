import type { HoldResult } from '../../ledger/published.ts';
import { findCentre } from '../centres/keep-centre.ts';
import { advance } from '../cycles/advance.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { problemOf } from '../ledger-answers.ts';
import type { CycleTools } from '../tools.ts';
import { divideLegs } from './divide-legs.ts';
import { addWaiting, refusedParty, toHold, waitingOf } from './hold-orders.ts';
import { legAccounts } from './leg-accounts.ts';
import { readOpenLegs } from './read-legs.ts';
import {
  atRest,
  type HeldPart,
  type LegPart,
  nextRound,
  type PackedPart,
  packPart,
  type Settling,
  unpackPart,
} from './settling.ts';
import { silenceAfter, waitsUntil } from './times.ts';

/** Blocks of parts that are asked for at once: some 1,500 legs each. */
const blocksPerStep = 4;
/** The first round asks for many payers at once; the others for each by itself. */
const firstRound = 1;

/**
 * Plans a round: what is not set aside yet, by accounts and balances as they are now. It is written before anything of it is asked,
 * so that what is asked again is the same. Where all that moves is set aside, it is to be posted.
 */
export async function planStep(tools: CycleTools, cycle: Cycle, settling: Settling, now: Date) {
  const { store } = tools;
  const open = await readOpenLegs(store, cycle, settling);
  const askAgainAt = silenceAfter(now);
  const centre = await findCentre(store, cycle);
  const accountOf = await legAccounts(tools, centre, open, now);
  const { parts, waiting: parties } = divideLegs(open, accountOf, settling.round === firstRound);
  const waiting = waitingOf(parties);
  if (parts.length === 0 && parties.length === 0) {
    const posting = { ...settling, state: 'POSTING' as const, waiting, ended: 0, askAgainAt };
    return advance(store, cycle, { settling: posting }, now);
  }
  if (parts.length === 0) return rest(tools, cycle, { ...settling, waiting }, now);
  const list = await store.writeList(cycle.tenant, cycle.id, parts.map(packPart));
  return advance(store, cycle, { settling: { ...settling, waiting, plan: { parts: list, done: 0 }, askAgainAt } }, now);
}

/** Asks the ledger for some of what is planned, and keeps what it has set aside. Asked again, it is told the same. */
export async function holdStep(tools: CycleTools, cycle: Cycle, settling: Settling, now: Date) {
  const { store } = tools;
  const asked = await askForSlice(tools, cycle, settling, now);
  const next = { ...settling, ...asked, askAgainAt: silenceAfter(now) };
  if (next.plan && next.plan.done < next.plan.parts.blocks) return advance(store, cycle, { settling: next }, now);
  const { plan: _, ...done } = next;
  // What was refused together may have a single one to blame; and where nobody was, all is set aside.
  if (done.isUnclear || done.waiting.count === 0) return advance(store, cycle, { settling: nextRound(done) }, now);
  return rest(tools, cycle, done, now);
}

/** What a slice of the plan came to: the same, however often and by whomever it is asked for. */
export async function askForSlice(
  { store, ledger }: CycleTools,
  cycle: Cycle,
  settling: Settling,
  now: Date,
): Promise<Pick<Settling, 'plan' | 'held' | 'legsHeld' | 'waiting' | 'isUnclear'>> {
  const { tenant, id } = cycle;
  const { plan, held, legsHeld, waiting, isUnclear } = settling;
  if (!plan) return { held, legsHeld, waiting, isUnclear };
  const done = Math.min(plan.done + blocksPerStep, plan.parts.blocks);
  const packed = (await store.readList(tenant, id, plan.parts, plan.done, done)) as PackedPart[];
  const parts = packed.map(unpackPart);
  const results = await ledger.holdTransfers(
    tenant,
    parts.map((part) => toHold(cycle, settling, part)),
    now,
  );
  const told = parts.map((part, place) => ({ part, result: results[place], problem: problemOf(results[place]) }));
  const fresh = told.flatMap(({ part, result, problem }) => (problem || !result ? [] : [heldPart(part, result)]));
  const refused = told.flatMap(({ part, problem }) => (problem ? [refusedParty(part, problem)] : []));
  const list = fresh.length > 0 ? [await store.writeList(tenant, id, fresh)] : [];
  return {
    plan: { ...plan, done },
    held: [...held, ...list],
    legsHeld: legsHeld + fresh.reduce((sum, [, , places]) => sum + places.length, 0),
    waiting: addWaiting(
      waiting,
      refused.filter((one) => one !== undefined),
    ),
    isUnclear: isUnclear || refused.includes(undefined),
  };
}

function heldPart({ isOut, legs }: LegPart, { id }: HoldResult): HeldPart {
  const toBank = legs
    .filter((leg) => leg.toBank)
    .map(({ place, creditAccountId }) => [place, creditAccountId] as const);
  return [id, isOut ? 1 : 0, legs.map(({ place }) => place), toBank];
}

/** Until somebody has paid in, or an account is mended: it is asked again. */
function rest({ store }: CycleTools, cycle: Cycle, settling: Settling, now: Date) {
  const askAgainAt = waitsUntil(now);
  return advance(store, cycle, { settling: { ...atRest(settling), askAgainAt } }, now);
}
