import { isDeepStrictEqual } from 'node:util';
import { nextSettlement, type SettlementDay, type SettlementPeriod } from '../interest/settlement-periods.ts';
import type { OwnerKind, Refusal } from './interest-run.ts';
import type { InterestTerms } from './interest-terms.ts';

/** Why a run of the schedule could not be started when it was last tried. */
export interface SettlementFault extends Refusal {
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
}

/** What is shown of it: the period, its time, and why it could not be started. */
export type NextSettlement = SettlementPeriod & { readonly fault?: SettlementFault };

/** What waits once these terms are in force and the last period ended on `lastEnd`; nothing without a settlement day. */
export function dueUnder(terms: InterestTerms, lastEnd: string | undefined): DueSettlement | undefined {
  const { tenant, ownerId, version: termsVersion, content } = terms;
  const { kind: ownerKind, settlementDay } = content;
  if (!settlementDay) return undefined;
  const period = nextSettlement(settlementDay, lastEnd);
  return { tenant, ownerId, ownerKind, settlementDay, termsVersion, revision: 1, ...period, lookAt: period.at };
}

/** The same item with the period that is to be settled now, looked at again at its time. */
export function movedOn({ fault: _, ...due }: DueSettlement, period: SettlementPeriod): DueSettlement {
  return { ...due, ...period, revision: due.revision + 1, lookAt: period.at };
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
  const { since = at, ...before } = due.fault ?? {};
  const isKnown = isDeepStrictEqual(before, refusal) && due.from === period.from && due.to === period.to;
  return { ...tried, fault: { ...refusal, since: isKnown ? since : at } };
}
