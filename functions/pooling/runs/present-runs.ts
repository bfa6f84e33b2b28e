import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type SweepLeg, sidesOf } from '../sweeps/net-legs.ts';
import type { IdleAccount } from '../sweeps/plan-sweeps.ts';
import { reasons } from '../sweeps/reasons.ts';
import type { LegOutcome, Run, RunLeg, Totals } from './run.ts';

/** Plans and runs as the API shows them. */
export function presentRun(run: Run) {
  const { id, poolId, currency, trigger, startedBy, businessDate, runNumber, origin, status, legs, planned } = run;
  const { configVersion, startedAt, ended } = run;
  return {
    id,
    poolId,
    trigger,
    startedBy,
    businessDate,
    ...defined({ runNumber, origin }),
    status,
    legCount: legs,
    planned: presentTotals(planned, currency),
    ...(ended && {
      moved: presentTotals(ended.moved, currency),
      confirmed: ended.confirmed,
      failed: ended.failed,
      skipped: ended.skipped,
    }),
    configVersion,
    startedAt,
    ...defined({ endedAt: ended?.at }),
  };
}

export function presentTotals({ up, down }: Totals, currency: string) {
  return { up: presentAmount(up, currency), down: presentAmount(down, currency) };
}

export function presentPlannedLeg(leg: SweepLeg & Pick<RunLeg, 'number' | 'loan'>, currency: string) {
  const { number, accountId, parentId, direction, amount, cut, loan } = leg;
  const { payer, payee } = sidesOf(leg);
  return {
    number,
    accountId,
    parentAccountId: parentId,
    direction,
    debitAccountId: payer,
    creditAccountId: payee,
    amount: presentAmount(amount, currency),
    ...defined({ cut }),
    loan: loan !== undefined,
  };
}

export function presentLeg(leg: RunLeg, outcome: LegOutcome | undefined, transferId: string, currency: string) {
  return {
    ...presentPlannedLeg(leg, currency),
    status: outcome?.status ?? ('PLANNED' as const),
    ...(outcome?.status === 'CONFIRMED' && { moved: presentAmount(outcome.amount, currency) }),
    transferId,
    ...defined({ reason: outcome?.reason, problem: outcome?.problem }),
  };
}

export function presentIdle({ accountId, up, down }: IdleAccount) {
  const explanation = up === down ? reasons[up] : `Up: ${reasons[up]} Down: ${reasons[down]}`;
  return { accountId, up, down, explanation };
}
