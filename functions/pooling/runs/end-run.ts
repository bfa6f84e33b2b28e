import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { isOvertaken } from '../ledger-answers.ts';
import { freshState, type MemberState } from '../pool.ts';
import { takenBack } from '../sweeps/member-states.ts';
import type { PoolingTools } from '../tools.ts';
import type { LegOutcome, Run, RunEnd, RunLeg, RunStatus } from './run.ts';
import { planPolicy } from './start-run.ts';
import { sweepAgain } from './sweep-real-time.ts';

/**
 * Ends the run, and gives back to the limits what did not move, in one transaction; once, whoever else tries. Returns it as
 * it then stands. A sweep in real time that others overtook ends with a follow-up and stays in the index of open work.
 */
export async function endRun(
  tools: PoolingTools,
  run: Run,
  legs: readonly RunLeg[],
  outcomes: ReadonlyMap<number, LegOutcome>,
  now: Date,
): Promise<Run> {
  const { store } = tools;
  const ended = summarise(legs, outcomes, now);
  const unmoved = legs.flatMap((leg) => {
    const outcome = outcomes.get(leg.number);
    const short = leg.amount - (outcome?.status === 'CONFIRMED' ? outcome.amount : 0n);
    return short > 0n ? [{ ...leg, amount: short }] : [];
  });
  const isToFollow = run.trigger === 'REAL_TIME' && isOvertaken(outcomes.get(1)?.problem?.code);
  const end: Run = { ...run, status: statusOf(ended), ended, ...(isToFollow && { followUp: true }) };
  for (let attempt = 1; ; attempt++) {
    try {
      const states = unmoved.length > 0 ? await statesGivenBack(tools, run, unmoved) : [];
      await store.transact([store.endRun(end), ...states]);
      return end;
    } catch (error) {
      const current = await store.readRun(run.tenant, run.id);
      if (current?.ended) return current;
      if (classifyWriteFailure(error) === 'FATAL' || attempt >= planPolicy.attemptsMax) throw error;
      await backOff(attempt, planPolicy);
    }
  }
}

async function statesGivenBack(tools: PoolingTools, run: Run, unmoved: readonly RunLeg[]) {
  const pool = await tools.store.readPool(run.tenant, run.poolId);
  if (!pool) throw new Error(`The pool ${run.poolId} of a run is not there.`);
  const read = await tools.store.readStates(
    pool,
    unmoved.map(({ accountId }) => accountId),
  );
  const changed = unmoved.map((leg): MemberState => {
    const known = read.states.get(leg.accountId) ?? freshState(leg.accountId, leg.parentId);
    return takenBack(known, leg, run.businessDate);
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

/** Plans a sweep that others overtook anew, and closes its run; done again, it does nothing. */
export async function followUp(tools: PoolingTools, run: Run, now: Date): Promise<void> {
  if (!run.followUp) return;
  await sweepAgain(tools, run, now);
  const { followUp: _, ...closed } = run;
  await tools.store.closeRun(closed);
}
