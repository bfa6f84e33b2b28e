import { isDeepStrictEqual } from 'node:util';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import {
  nextSettlement,
  type SettlementDay,
  type SettlementPeriod,
  settledAt,
} from '../interest/settlement-periods.ts';
import type { InterestRun, OwnerKind, Refusal } from './interest-run.ts';
import type { InterestTerms } from './interest-terms.ts';

/** After which what was started is looked at again: it is carried out in the background meanwhile. */
export const restMs = MINUTE_MS;

/** Why a run of the schedule could not be started when it was last tried. */
export interface SettlementFault extends Refusal {
  /** When it was first met. */
  readonly since: string;
}

/** A run that the settlement day started and the ledger refuses lines of. */
export interface UnsettledRun extends SettlementPeriod {
  readonly runId: string;
  /** Its last attempt that is known to have ended so. */
  readonly attempt: number;
  /** How many lines were refused, and what the first of them was refused with. */
  readonly failed: number;
  readonly problem?: Refusal;
  /** When it was first met. */
  readonly since: string;
}

/** What waits for its time under an owner's settlement day: one period after the other. */
export interface DueSettlement extends SettlementPeriod {
  readonly tenant: string;
  readonly ownerId: string;
  readonly ownerKind: OwnerKind;
  readonly settlementDay: SettlementDay;
  /** Of the terms that say so. */
  readonly termsVersion: number;
  /** Grows with every look at it under the same terms. */
  readonly revision: number;
  /** When it is looked at next: at its time, or some time after the last look. */
  readonly lookAt: string;
  readonly fault?: SettlementFault;
  /** The run before; absent where it is complete. */
  readonly unsettled?: UnsettledRun;
}

/** What is shown of it: the period that is next, its time, and why it could not be started; and the run before. */
export interface Settling {
  readonly nextSettlement?: SettlementPeriod & { readonly fault?: SettlementFault };
  readonly unsettled?: UnsettledRun;
}

/**
 * What waits once these terms are in force and the last period ended on `lastEnd`; nothing without a settlement day. Where a
 * period was computed, it is looked at soon: it may be that the ledger refused lines of that run.
 */
export function dueUnder(
  terms: InterestTerms,
  lastEnd: string | undefined,
  unsettled?: UnsettledRun,
): DueSettlement | undefined {
  const { tenant, ownerId, version: termsVersion, content, setAt } = terms;
  const { kind: ownerKind, settlementDay } = content;
  if (!settlementDay) return undefined;
  const period = nextSettlement(settlementDay, lastEnd);
  const lookAt = lastEnd !== undefined && setAt < period.at ? setAt : period.at;
  const waiting = { tenant, ownerId, ownerKind, settlementDay, termsVersion, revision: 1, ...period, lookAt };
  return unsettled ? { ...waiting, unsettled } : waiting;
}

/** The same item with the period that is to be settled now, looked at again at its time. */
export function movedOn(
  { fault: _, unsettled: _settled, ...due }: DueSettlement,
  period: SettlementPeriod,
): DueSettlement {
  return { ...due, ...period, revision: due.revision + 1, lookAt: period.at };
}

/** The same item, looked at again after some time, and not later than when its period is due. */
export function lookedAtAgain(due: DueSettlement, now: Date, afterMs: number): DueSettlement {
  const lookAt = new Date(now.getTime() + afterMs).toISOString();
  return { ...due, lookAt: lookAt < due.at ? lookAt : due.at };
}

/** What is to be remembered of a run that ended with refused lines. */
export function unsettledBy({ settlementDay }: DueSettlement, run: InterestRun, since: string): UnsettledRun {
  const { id: runId, from, to, attempt, ended } = run;
  const { failed = 0, refusal: problem } = ended ?? {};
  return { runId, from, to, at: settledAt(settlementDay, to), attempt, failed, ...(problem && { problem }), since };
}

/** After a try: the period stays due; a fault that is met again stands since it was first met. */
export function triedAt(
  due: DueSettlement,
  period: SettlementPeriod,
  refusal: Refusal | undefined,
  { at, lookAt }: { readonly at: string; readonly lookAt: string },
): DueSettlement {
  const tried = { ...movedOn(due, period), lookAt };
  if (!refusal) return tried;
  // No run has taken its place yet, so the lines refused before are still what is open.
  const open = due.unsettled && { unsettled: due.unsettled };
  const { since = at, ...before } = due.fault ?? {};
  const isKnown = isDeepStrictEqual(before, refusal) && due.from === period.from && due.to === period.to;
  return { ...tried, ...open, fault: { ...refusal, since: isKnown ? since : at } };
}
