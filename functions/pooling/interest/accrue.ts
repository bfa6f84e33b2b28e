import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { bySide, type Conventions, type SideConvention } from './conventions.ts';
import type { Period } from './day-count.ts';
import { countDays, type DayWeights, weighDays } from './day-weights.ts';
import { type Fraction, roundFraction } from './fraction.ts';
import { type DayRun, dayRuns, type Position } from './positions.ts';
import { type RateSpan, rateSpans } from './rate-schedule.ts';
import { type RateSchedule, rateOfOne } from './rates.ts';
import { addRun, type SegmentDrafts, segmentOf } from './segments.ts';

/** By what a balance earns and pays interest. A side without a schedule has none. */
export interface InterestTerms extends Conventions {
  /** For balances above zero (上存). */
  readonly credit?: RateSchedule;
  /** For balances below zero (下借). */
  readonly debit?: RateSchedule;
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
  /** As the day count counts them: by ACT those of the calendar, by 30/360 months of thirty. */
  readonly days: number;
  /**
   * The balance, or what of it lay in the tier, where it was the same on each of the days. Minor units, a magnitude.
   */
  readonly balance?: bigint;
  /** Σ balance × days (积数): product × rate / yearDays is the interest of the segment. */
  readonly product: bigint;
  /** How many days the year has: 360 or 365; by ACT/ACT 366 in a leap year, where a segment of its own begins. */
  readonly yearDays: number;
  /** The tier: it begins above this many minor units. Absent where the rate is not by tiers. */
  readonly above?: bigint;
  /** Percent per year. */
  readonly rate: string;
}

/** One side of an account over a period. All figures are magnitudes and never negative. */
export interface InterestSide {
  /** Σ balance × days (积数), in minor units times days as the day count counts them, with or without a rate. */
  readonly product: bigint;
  /** Days with a balance on this side, as the day count counts them. */
  readonly days: number;
  /** The interest in minor units, before it is rounded. */
  readonly exact: Fraction;
  /** The interest in minor units, rounded once, half up. */
  readonly interest: bigint;
  /** One for each rate and tier that was used, and by ACT/ACT for each basis, by first day. */
  readonly segments: readonly InterestSegment[];
}

/** What an account earned (`credit`) and what it pays (`debit`): two postings that are not netted. */
export interface Accrual {
  readonly credit: InterestSide;
  readonly debit: InterestSide;
}

/**
 * The interest of one account over a period: each day's closing balance times its rate times the day's part of a year, by sign and by the
 * convention of that side, exact to the end and rounded once for the side. Throws RateMissingError where a day with a balance comes before
 * the first rate of its side's schedule, InvalidPeriodError, InvalidDateError.
 */
export function accrueInterest({ period, position, credit, debit, ...conventions }: AccrualInput): Accrual {
  const sides = bySide(conventions);
  const over = ({ dayCount, segmented }: SideConvention, schedule: RateSchedule | undefined): SideDays => {
    const days = weighDays(dayCount, period);
    return { days, spans: schedule ? rateSpans(schedule, days, segmented) : [] };
  };
  return accrueOver(position, { credit: over(sides.credit, credit), debit: over(sides.debit, debit) });
}

/** The days of a period as one side counts them, and its rates over them; none where it has no interest. */
export interface SideDays {
  readonly days: DayWeights;
  readonly spans: readonly RateSpan[];
}

/** The same with the days weighed and the rates laid over them already. Both sides are of one period. */
export function accrueOver(
  position: Position,
  { credit, debit }: { readonly credit: SideDays; readonly debit: SideDays },
): Accrual {
  // A balance changes on days of the calendar, however these are counted.
  const runs = dayRuns(position, credit.days);
  return {
    credit: accrueSide(
      credit,
      runs.filter(({ balance }) => balance > 0n),
    ),
    debit: accrueSide(
      debit,
      runs.filter(({ balance }) => balance < 0n),
    ),
  };
}

function accrueSide({ days, spans }: SideDays, runs: readonly DayRun[]): InterestSide {
  const drafts: SegmentDrafts = new Map();
  let [product, count, next] = [0n, 0, 0];
  for (const run of runs) {
    const balance = magnitude(run.balance);
    const counted = countDays(days, run.start, run.end);
    product += balance * BigInt(counted);
    count += counted;
    next = addRun(drafts, days, spans, next, { ...run, balance });
  }
  const segments = [...drafts.values()];
  const exact = {
    numerator: sum(
      segments.map(({ product, yearDays, tier }) => product * tier.rate * (days.yearParts / BigInt(yearDays))),
    ),
    denominator: days.yearParts * rateOfOne,
  };
  return {
    product,
    days: count,
    exact,
    interest: roundFraction(exact),
    segments: segments.map((segment) => segmentOf(segment, days)),
  };
}
