import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { BackgroundRun } from '../../../shared/runs/replace-run.ts';

/**
 * LOOKING: it works off what waits for its last day, then finds the days that are to be settled. CLOSING: it closes them. SUMMING: it
 * splits the sums of orders on them. SETTLING: it settles them, merchant after merchant. It never gives up: what it has closed, no
 * other run settles.
 */
export const runStates = ['LOOKING', 'CLOSING', 'SUMMING', 'SETTLING', 'ENDED'] as const;
export type RunState = (typeof runStates)[number];

/** A day that a run settles, and which settlement of it that is. */
export interface RunDay {
  readonly date: PlainDate;
  readonly sequence: number;
}

/** Where it goes on: a day, a group of it, and behind which merchant; SUMMING: behind which sum. */
export interface RunPlace {
  readonly day: number;
  readonly group: number;
  readonly after?: string;
}

/** How far a look at what waits has come: behind which sub-order of which day. */
export interface AgendaPlace {
  readonly date: PlainDate;
  readonly after: string;
}

/** Pages that a run leaves for its end. Where more fail it is nothing of theirs, and the run waits. */
export const leftMax = 10;

/** Amounts in minor units. */
export interface RunFigures {
  readonly settlements: number;
  readonly paidOut: bigint;
  readonly payouts: number;
  readonly carriedOn: bigint;
  readonly billed: bigint;
  readonly held: number;
  readonly mismatches: number;
}

export const noRunFigures: RunFigures = {
  settlements: 0,
  paidOut: 0n,
  payouts: 0,
  carriedOn: 0n,
  billed: 0n,
  held: 0,
  mismatches: 0,
};

/** The settlement of all that is due on a market up to a day. */
export interface Run extends BackgroundRun {
  readonly tenant: string;
  readonly id: string;
  readonly marketId: string;
  readonly currency: CurrencyCode;
  readonly businessDate: PlainDate;
  /** Of the same day: 1 for the first; later ones find what came late. */
  readonly number: number;
  readonly state: RunState;
  /** Found by LOOKING: none of it changes any more. */
  readonly days: readonly RunDay[];
  readonly place: RunPlace;
  /** Pages behind which it went on though some of their merchants could not be settled or paid: they are done again at the end. */
  readonly left: readonly RunPlace[];
  /** As `left`, of sums that could not be split. Their shares are in later settlements of their days. */
  readonly leftSums: readonly RunPlace[];
  readonly figures: RunFigures;
  /** How often it looked: what it works off takes a moment to arrive on the day. */
  readonly looks: number;
  /** The look that it is at, where it began one, and how many sub-orders that has split. */
  readonly look?: AgendaPlace & { readonly split: number };
  /** Sub-orders that waited for their last day, and were worked off. */
  readonly waited: number;
}

export function isUnderWay({ state }: Pick<Run, 'state'>): boolean {
  return state !== 'ENDED';
}

export function addRunFigures(one: RunFigures, other: RunFigures): RunFigures {
  return {
    settlements: one.settlements + other.settlements,
    paidOut: one.paidOut + other.paidOut,
    payouts: one.payouts + other.payouts,
    carriedOn: one.carriedOn + other.carriedOn,
    billed: one.billed + other.billed,
    held: one.held + other.held,
    mismatches: one.mismatches + other.mismatches,
  };
}
