import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { orderOf, outcomeOf, overtaken } from './leg-order.ts';
import { freshState, type MemberState } from './pool.ts';
import { readConfiguration } from './read-configuration.ts';
import { type LegOutcome, phaseOf, type Run, type RunEnd, type RunLeg, type RunStatus } from './run.ts';
import { limitsOf, planPolicy } from './start-run.ts';
import { sweepAgain } from './sweep-real-time.ts';
import { afterMovement } from './sweeps/member-states.ts';
import { type DueLeg, reduceLegs } from './sweeps/reduce-legs.ts';
import type { PoolingTools } from './tools.ts';

/**
 * Carries a run out from wherever it stands, to its end. Each leg is one transfer named after run and edge, so doing it
 * again does nothing: a run killed at any point and taken up again completes each leg exactly once. Legs of a phase are
 * handed to the ledger together; a phase begins when the one before is at its end.
 */
export async function carryOutRun(tools: PoolingTools, run: Run, now: Date): Promise<void> {
  if (run.ended) return;
  const { store } = tools;
  const [blocks, known] = await Promise.all([store.readAllLegs(run), store.readOutcomes(run)]);
  const outcomes = new Map<number, LegOutcome>();
  const done: RunLeg[] = [];
  for (const phase of inPhases(blocks)) {
    const due = reduceLegs(
      phase.flatMap(({ legs }) => legs),
      done,
      outcomes,
    );
    const amounts = new Map(due.map(({ leg, amount }) => [leg.number, amount]));
    for (const { index, legs } of phase) {
      const noted = known.get(index);
      const dueLegs = legs.map((leg) => ({ leg, amount: amounts.get(leg.number) ?? leg.amount }));
      const settled = noted?.every(isFinal) ? noted : await carryOutBlock(tools, run, index, dueLegs, now);
      for (const outcome of settled) outcomes.set(outcome.number, outcome);
    }
    done.push(...phase.flatMap(({ legs }) => legs));
  }
  await endRun(tools, run, done, outcomes, now);
  if (run.trigger === 'REAL_TIME' && isOvertaken(outcomes.get(1))) await sweepAgain(tools, run, now);
}

/** Other movements took what the leg was planned with. */
function isOvertaken(outcome: LegOutcome | undefined): boolean {
  return outcome?.status === 'FAILED' && overtaken.has(outcome.problem?.code ?? '');
}

function isFinal({ status }: LegOutcome): boolean {
  return status !== 'INSTRUCTED' && status !== 'PLANNED';
}

interface Block {
  readonly index: number;
  readonly legs: readonly RunLeg[];
}

/** Blocks that may be carried out in any order, together. */
function inPhases(blocks: readonly (readonly RunLeg[])[]): Block[][] {
  const phases: Block[][] = [];
  for (const [index, legs] of blocks.entries()) {
    const last = phases.at(-1)?.[0]?.legs[0];
    const [first] = legs;
    if (last && first && phaseOf(last) === phaseOf(first)) phases.at(-1)?.push({ index, legs });
    else phases.push([{ index, legs }]);
  }
  return phases;
}

async function carryOutBlock(
  { store, ledger }: PoolingTools,
  run: Run,
  index: number,
  due: readonly DueLeg[],
  now: Date,
): Promise<LegOutcome[]> {
  const moving = due.filter(({ amount }) => amount > 0n);
  const skipped = due.filter(({ amount }) => amount === 0n);
  const skips = skipped.map(({ leg }) => ({
    number: leg.number,
    status: 'SKIPPED' as const,
    amount: 0n,
    reason: 'UPSTREAM_FAILED' as const,
  }));
  const instructed = moving.map(({ leg, amount }) => ({ number: leg.number, status: 'INSTRUCTED' as const, amount }));
  await store.writeOutcomes(run, index, inOrder([...instructed, ...skips]));
  const today = businessDateOf(now);
  const orders = moving.map((one) => orderOf(run, one, today));
  const results = await ledger.postTransfers(run.tenant, orders, now);
  const settled = moving.flatMap((one, at) => {
    const result = results[at];
    return result ? [outcomeOf(one, result)] : [];
  });
  const all = inOrder([...settled, ...skips]);
  await store.writeOutcomes(run, index, all);
  return all;
}

function inOrder(outcomes: LegOutcome[]): LegOutcome[] {
  return outcomes.sort((one, other) => one.number - other.number);
}

/** Ends the run, and gives back to the limits what did not move, in one transaction; once, whoever else tries. */
async function endRun(
  tools: PoolingTools,
  run: Run,
  legs: readonly RunLeg[],
  outcomes: ReadonlyMap<number, LegOutcome>,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const ended = summarise(legs, outcomes, now);
  const unmoved = legs.flatMap((leg) => {
    const outcome = outcomes.get(leg.number);
    const short = leg.amount - (outcome?.status === 'CONFIRMED' ? outcome.amount : 0n);
    return short > 0n ? [{ ...leg, amount: -short }] : [];
  });
  for (let attempt = 1; ; attempt++) {
    try {
      const states = unmoved.length > 0 ? await statesGivenBack(tools, run, unmoved) : [];
      await store.transact([store.endRun({ ...run, status: statusOf(ended), ended }), ...states]);
      return;
    } catch (error) {
      const current = await store.readRun(run.tenant, run.id);
      if (current?.ended) return;
      if (classifyWriteFailure(error) === 'FATAL' || attempt >= planPolicy.attemptsMax) throw error;
      await backOff(attempt, planPolicy);
    }
  }
}

async function statesGivenBack(tools: PoolingTools, run: Run, unmoved: readonly RunLeg[]) {
  const pool = await tools.store.readPool(run.tenant, run.poolId);
  if (!pool) throw new Error(`The pool ${run.poolId} of a run is not there.`);
  const [configuration, read] = await Promise.all([readConfiguration(tools, pool), tools.store.readStates(pool)]);
  const members = new Map(configuration.members.map((member) => [member.accountId, member]));
  const changed = unmoved.map((leg): MemberState => {
    const member = members.get(leg.accountId);
    const state = read.states.get(leg.accountId) ?? freshState(leg.accountId);
    return afterMovement(state, leg, member ? limitsOf(member, leg.direction) : [], run.businessDate);
  });
  return tools.store.putStates(pool, read, changed);
}

function summarise(legs: readonly RunLeg[], outcomes: ReadonlyMap<number, LegOutcome>, now: Date): RunEnd {
  const count = (status: LegOutcome['status']) => [...outcomes.values()].filter((one) => one.status === status).length;
  const moved = (way: RunLeg['direction']) =>
    legs.reduce((sum, { number, direction }) => {
      const outcome = outcomes.get(number);
      return direction === way && outcome?.status === 'CONFIRMED' ? sum + outcome.amount : sum;
    }, 0n);
  return {
    at: now.toISOString(),
    moved: { up: moved('UP'), down: moved('DOWN') },
    confirmed: count('CONFIRMED'),
    failed: count('FAILED'),
    skipped: count('SKIPPED'),
  };
}

function statusOf({ confirmed, failed, skipped }: RunEnd): RunStatus {
  if (failed + skipped === 0) return 'COMPLETED';
  return confirmed > 0 ? 'PARTIAL' : 'FAILED';
}
