import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { type DueLeg, reduceLegs } from '../sweeps/reduce-legs.ts';
import type { PoolingTools } from '../tools.ts';
import { endRun, followUp } from './end-run.ts';
import { orderOf, outcomeOf } from './leg-order.ts';
import { type LegOutcome, phaseOf, type Run, type RunLeg } from './run.ts';

/**
 * Carries a run out from wherever it stands, to its end. Each leg is one transfer named after run and edge, so doing it
 * again does nothing: a run killed at any point and taken up again completes each leg exactly once. Legs of a phase are
 * handed to the ledger together; a phase begins when the one before is at its end.
 */
export async function carryOutRun(tools: PoolingTools, run: Run, now: Date): Promise<void> {
  if (run.ended) return await followUp(tools, run, now);
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
    const dueOf = new Map(due.map((one) => [one.leg.number, one]));
    for (const { index, legs } of phase) {
      const noted = known.get(index);
      const ofBlock = legs.flatMap(({ number }) => dueOf.get(number) ?? []);
      const settled = noted?.every(isFinal) ? noted : await carryOutBlock(tools, run, index, ofBlock, now);
      for (const outcome of settled) outcomes.set(outcome.number, outcome);
    }
    done.push(...phase.flatMap(({ legs }) => legs));
  }
  await followUp(tools, await endRun(tools, run, done, outcomes, now), now);
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
  await store.noteInstructed(run, index, inOrder([...instructed, ...skips]));
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
