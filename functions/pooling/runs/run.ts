import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Trigger } from '../members/agreement.ts';
import type { ReceiptTerms } from '../members/receipt-terms.ts';
import type { Cause } from '../pool.ts';
import type { SweepLeg } from '../sweeps/net-legs.ts';
import type { IdleAccount } from '../sweeps/plan-sweeps.ts';
import type { Reason } from '../sweeps/reasons.ts';

/** RUNNING until every leg is at its end. PARTIAL: some legs were confirmed, others were not. */
export type RunStatus = 'RUNNING' | 'COMPLETED' | 'PARTIAL' | 'FAILED';

/** One run of sweeps. Its plan is fixed when it starts. */
export interface Run {
  readonly id: string;
  readonly tenant: string;
  readonly poolId: string;
  readonly currency: string;
  readonly trigger: Trigger;
  readonly startedBy: 'SCHEDULE' | 'HAND' | 'EVENT';
  readonly businessDate: PlainDate;
  /** SCHEDULED: which run of the day. */
  readonly runNumber?: number;
  /** REAL_TIME: the credit that set it off. */
  readonly origin?: { readonly accountId: string; readonly transferId: string };
  readonly status: RunStatus;
  readonly configVersion: number;
  /** Where the plan lies. */
  readonly planId: string;
  readonly legs: number;
  readonly idle: number;
  readonly planned: Totals;
  readonly ended?: RunEnd;
  /** It ended because others were faster, and is to be planned anew. */
  readonly followUp?: true;
  readonly startedAt: string;
  readonly cause: Cause;
}

export interface RunEnd {
  readonly at: string;
  readonly moved: Totals;
  readonly confirmed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Minor units. */
export interface Totals {
  readonly up: bigint;
  readonly down: bigint;
}

export interface RunLeg extends SweepLeg {
  /** Place in the run, from 1. */
  readonly number: number;
  /** In full or not at all: where less arrives than was planned, it is skipped. */
  readonly whole?: true;
  /** What the plan leaves the payer with after the leg. */
  readonly payerLeft: bigint;
  /** What the whole plan leaves the payer with above what it must keep; it stands in for money that does not arrive. */
  readonly payerSpare?: bigint;
  readonly loan?: LegLoan;
  /** Names of the limits that it was counted against. */
  readonly counted?: readonly string[];
  /** Who gets a receipt of it; absent: `defaultReceipts`. */
  readonly receipts?: ReceiptTerms;
}

/** How the leg is booked on the loan between the two entities. */
export interface LegLoan {
  readonly accountId: string;
  readonly controlId: string;
  /** CREDIT: the leg raises the position of the pair's first entity. */
  readonly side: 'CREDIT' | 'DEBIT';
  /** The position that the ceiling allows; the least (DEBIT) or the most (CREDIT). */
  readonly bound?: bigint;
}

export type LegStatus = 'PLANNED' | 'INSTRUCTED' | 'CONFIRMED' | 'FAILED' | 'SKIPPED';

/** What became of a leg. */
export interface LegOutcome {
  readonly number: number;
  readonly status: LegStatus;
  /** What moved, or was to move; less than planned where money that it passes on did not arrive. */
  readonly amount: bigint;
  /** CONFIRMED: when the ledger booked it; absent of runs of before this was noted. */
  readonly bookedAt?: string;
  readonly reason?: Reason;
  /** The refusal of the ledger. */
  readonly problem?: { readonly code: string; readonly detail: string };
}

/** A plan as it is stored: legs in blocks of one phase each, and the accounts without a leg. */
export interface StoredPlan {
  readonly blocks: readonly (readonly RunLeg[])[];
  readonly idle: readonly IdleAccount[];
}

/** Legs of one phase may be carried out in any order; phases follow each other. */
export function phaseOf({ direction, depth }: Pick<SweepLeg, 'direction' | 'depth'>): string {
  return `${direction} ${depth}`;
}

/** What a leg's transfer is named after. */
export function legName(run: Pick<Run, 'poolId' | 'id'>, leg: Pick<SweepLeg, 'accountId'>): readonly string[] {
  return ['pooling', run.poolId, run.id, leg.accountId];
}
