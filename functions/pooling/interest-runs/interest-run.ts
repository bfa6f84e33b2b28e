import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { InterestSegment } from '../interest/accrue.ts';
import type { HeaderReason } from '../interest/notional.ts';
import type { Cause } from '../pool.ts';

/**
 * COMPUTING → COMPUTED (the lines are fixed) → COMPLETED, or PARTIAL where the ledger refused lines. FAILED: could not be
 * computed; nothing is booked. PARTIAL and FAILED go on when the same period is asked for again.
 */
export const interestRunStatuses = ['COMPUTING', 'COMPUTED', 'COMPLETED', 'PARTIAL', 'FAILED'] as const;
export type InterestRunStatus = (typeof interestRunStatuses)[number];

/** Whose interest it is: a pool's, or that of one account under an agreed deposit. */
export type OwnerKind = 'POOL' | 'DEPOSIT';

/** A call, or the settlement day. */
export const starters = ['HAND', 'SCHEDULE'] as const;
export type StartedBy = (typeof starters)[number];

/** `from` counts, `to` does not (算头不算尾). */
export interface InterestPeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** The interest of a pool or a deposit for one period; there is one run for a period, whatever becomes of it. */
export interface InterestRun extends InterestPeriod {
  readonly tenant: string;
  readonly id: string;
  readonly ownerId: string;
  readonly ownerKind: OwnerKind;
  readonly currency: string;
  readonly status: InterestRunStatus;
  readonly termsVersion: number;
  /** How often it was begun to be computed, from 1. */
  readonly round: number;
  /** How often its lines were sent to the ledger, from 1; those it refused are sent again under a new name. */
  readonly attempt: number;
  readonly computed?: ComputedLines;
  readonly notional?: NotionalSummary;
  readonly ended?: InterestRunEnd;
  /** Why it could not be computed. */
  readonly problem?: Refusal;
  /** Where it was begun again: what it came to before. */
  readonly endedBefore?: EarlierEnd;
  readonly startedBy: StartedBy;
  readonly startedAt: string;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** What was computed, once and for all. */
export interface ComputedLines {
  /** Where lines and bearers lie. */
  readonly linesId: string;
  readonly lines: number;
  readonly blocks: number;
  /** First days of earlier periods for which differences were computed. */
  readonly adjusted: readonly PlainDate[];
  /** Rates by which other currencies were counted. */
  readonly exchange: readonly ExchangeRate[];
}

/** One unit (major) of `base` was counted as numerator/denominator units of the pool's currency. */
export interface ExchangeRate {
  readonly base: string;
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly date: PlainDate;
}

/** Minor units of the pool's currency; nets and the header's figures are below zero where the pool or the header pays. */
export interface NotionalSummary {
  readonly pooledCredit: bigint;
  readonly pooledDebit: bigint;
  readonly pooledNet: bigint;
  readonly standaloneNet: bigint;
  readonly advantage: bigint;
  /** What the header earns as one of the accounts. It is not booked: the bank pays it. */
  readonly headerOwn: bigint;
  /** What stays with it besides. */
  readonly headerRemainder: bigint;
  readonly headerReason?: HeaderReason;
}

export interface InterestRunEnd {
  readonly at: string;
  /** Posted: what accounts got and what they paid. Minor units, never negative. */
  readonly credited: bigint;
  readonly debited: bigint;
  readonly posted: number;
  readonly failed: number;
  readonly zero: number;
  /** What the first of the failed lines was refused with. */
  readonly refusal?: Refusal;
}

/** What the ledger, or the computation, said no with. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

/** What a run came to before it was begun again, with the round and attempt that came to it first. */
export interface EarlierEnd {
  readonly end: string;
  readonly round: number;
  readonly attempt: number;
}

/** CREDIT: what balances above zero earned (上存). DEBIT: what balances below zero pay (下借). SHARE: of the advantage. */
export const lineSides = ['CREDIT', 'DEBIT', 'SHARE'] as const;
export type LineSide = (typeof lineSides)[number];

/** An account that bears interest in a run, and between which accounts that interest is booked. */
export interface Bearer {
  readonly accountId: string;
  readonly entity: string;
  readonly currency: string;
  /** Where interest is credited or debited: the account itself, unless it is settled elsewhere. */
  readonly bookedOn: string;
  /** Who pays what it earns and gets what it pays. */
  readonly counterAccountId: string;
  /** The member whose own rates count, where it is another account (of a loan, the account on the edge). */
  readonly termsOf?: string;
  /** NOTIONAL: the header takes part and has nothing booked. */
  readonly isHeader?: true;
}

/** One posting of a run. Amounts are minor units, from the account's side: above zero it gets, below zero it pays. */
export interface InterestLine {
  /** Place in the run, from 1, in the order of booking. */
  readonly number: number;
  readonly accountId: string;
  readonly entity: string;
  readonly side: LineSide;
  readonly amount: bigint;
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  /** Absent on a SHARE, and on a difference: what that was recomputed from stands under `adjusts`. */
  readonly basis?: LineBasis;
  /** A difference for an earlier period (倒起息): recomputed less booked so far. */
  readonly adjusts?: Adjusted;
}

/**
 * What it takes to recompute a figure by hand: Σ product × rate / yearDays over the segments. Balances, products and `exact`
 * are from the account's side, below zero where it owes and pays; days are counted as the day count counts them.
 */
export interface LineBasis {
  /** Days with a balance on the side. */
  readonly days: number;
  /** 积数: minor units times days. */
  readonly product: bigint;
  /** The interest before it is rounded, in units of the currency with eight decimals, truncated. */
  readonly exact: string;
  readonly segments: readonly InterestSegment[];
  /** Segments that are not kept, in a line that has very many. */
  readonly segmentsLeftOut: number;
}

export interface Adjusted extends InterestPeriod {
  readonly runId: string;
  readonly booked: bigint;
  readonly recomputed: bigint;
  /** Of `recomputed`; absent on a SHARE, and where the side has no balance any longer. */
  readonly basis?: LineBasis;
}

/** What became of a line. Lines of zero have none. */
export interface LineOutcome {
  readonly number: number;
  readonly status: 'POSTED' | 'FAILED';
  readonly transferId: string;
  readonly problem?: Refusal;
}

/** A period that was computed, as it is remembered beside the terms. */
export interface ComputedPeriod extends InterestPeriod {
  readonly runId: string;
  readonly termsVersion: number;
  readonly computed: ComputedLines;
}

/** What the interest of one attempt's line is named after in the ledger. */
export function lineName(run: Pick<InterestRun, 'ownerId' | 'id'>, line: number, attempt: number): readonly string[] {
  return ['pooling', run.ownerId, run.id, String(line), String(attempt)];
}
