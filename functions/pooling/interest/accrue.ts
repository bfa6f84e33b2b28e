import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { DayCount, Period } from './day-count.ts';
import { type DayWeights, weighDays } from './day-weights.ts';
import { type Fraction, roundFraction } from './fraction.ts';
import { type DayRun, dayRuns, type Position } from './positions.ts';
import { type RateSpan, rateSpans } from './rate-schedule.ts';
import { type RateSchedule, rateOfOne } from './rates.ts';
import { addRun, type SegmentDrafts, segmentOf } from './segments.ts';

/** By what a balance earns and pays interest. A side without a schedule has none. */
export interface InterestTerms {
  readonly dayCount: DayCount;
  /** For balances above zero (上存). */
  readonly credit?: RateSchedule;
  /** For balances below zero (下借). */
  readonly debit?: RateSchedule;
  /** Whether each rate counts for its own days (分段计息), or the last counted day's for the whole period. */
  readonly segmented: boolean;
}

export interface AccrualInput extends InterestTerms {
  readonly period: Period;
  readonly position: Position;
}

/** Days whose balance, or a tier of it, earned one rate; what it takes to recompute the interest by hand. */
export interface InterestSegment {
  /** The first of the days. */
  readonly from: PlainDate;
  /** The day after the last. Days between may have had nothing here; `days` tells how many had. */
  readonly to: PlainDate;
  readonly days: number;
  /**
   * The balance, or what of it lay in the tier, where it was the same on each of the days. Minor units, a magnitude.
   */
  readonly balance?: bigint;
  /** Σ balance × calendar days (积数). */
  readonly product: bigint;
  /** Σ balance × weight, where a year is `yearParts` of the side: interest = weighted × rate / yearParts. */
  readonly weighted: bigint;
  /** The tier: it begins above this many minor units. Absent where the rate is not by tiers. */
  readonly above?: bigint;
  /** Percent per year. */
  readonly rate: string;
}

/** One side of an account over a period. All figures are magnitudes and never negative. */
export interface InterestSide {
  /** Σ balance × calendar days (积数), in minor units times days, with or without a rate. */
  readonly product: bigint;
  /** Calendar days with a balance on this side. */
  readonly days: number;
  /** The interest in minor units, before it is rounded. */
  readonly exact: Fraction;
  /** The interest in minor units, rounded once, half up. */
  readonly interest: bigint;
  /** Into how many parts the day count divides a year: 360, 365, or 365 × 366. */
  readonly yearParts: bigint;
  /** One for each rate and tier that was used, by first day. */
  readonly segments: readonly InterestSegment[];
}

/** What an account earned (`credit`) and what it pays (`debit`): two postings that are not netted. */
export interface Accrual {
  readonly credit: InterestSide;
  readonly debit: InterestSide;
}

/**
 * The interest of one account over a period: each day's closing balance times its rate times the day's weight, by sign,
 * exact to the end and rounded once for the side. Throws RateMissingError where a day with a
 * balance comes before the first rate of its side's schedule, InvalidPeriodError, InvalidDateError.
 */
export function accrueInterest({ period, position, dayCount, credit, debit, segmented }: AccrualInput): Accrual {
  const days = weighDays(dayCount, period);
  return accrueOver(days, position, {
    ...(credit && { credit: rateSpans(credit, days, segmented) }),
    ...(debit && { debit: rateSpans(debit, days, segmented) }),
  });
}

/** The same with the days weighed and the rates laid over them already. */
export function accrueOver(
  days: DayWeights,
  position: Position,
  rates: { readonly credit?: readonly RateSpan[]; readonly debit?: readonly RateSpan[] },
): Accrual {
  const runs = dayRuns(position, days);
  return {
    credit: accrueSide(
      days,
      runs.filter(({ balance }) => balance > 0n),
      rates.credit,
    ),
    debit: accrueSide(
      days,
      runs.filter(({ balance }) => balance < 0n),
      rates.debit,
    ),
  };
}

function accrueSide(days: DayWeights, runs: readonly DayRun[], spans: readonly RateSpan[] = []): InterestSide {
  const drafts: SegmentDrafts = new Map();
  let [product, count, next] = [0n, 0, 0];
  for (const run of runs) {
    const balance = magnitude(run.balance);
    product += balance * BigInt(run.end - run.start);
    count += run.end - run.start;
    next = addRun(drafts, days, spans, next, { ...run, balance });
  }
  const segments = [...drafts.values()];
  const exact = {
    numerator: sum(segments.map(({ weighted, tier }) => weighted * tier.rate)),
    denominator: days.yearParts * rateOfOne,
  };
  return {
    product,
    days: count,
    exact,
    interest: roundFraction(exact),
    yearParts: days.yearParts,
    segments: segments.map((segment) => segmentOf(segment, days)),
  };
}
