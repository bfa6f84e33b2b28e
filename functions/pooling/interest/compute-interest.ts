import { type Accrual, type AccrualInput, accrueOver, type SideDays } from './accrue.ts';
import { bySide, type SideConvention } from './conventions.ts';
import type { DayCount, Period } from './day-count.ts';
import { type DayWeights, weighDays } from './day-weights.ts';
import { type RateSpan, rateSpans } from './rate-schedule.ts';
import type { RateSchedule } from './rates.ts';

/** An account whose interest is asked for. */
export interface InterestLine extends AccrualInput {
  readonly id: string;
}

export interface InterestResult extends Accrual {
  readonly id: string;
}

/**
 * The interest of many accounts, one result per line in the order given; each is what accrueInterest answers. The days
 * of a period are weighed once and a schedule is laid over them once, not for each account: lines that share rates
 * should share the schedule itself, not a copy. Throws as accrueInterest.
 */
export function computeInterest(lines: readonly InterestLine[]): InterestResult[] {
  const weightsOf = rememberWeights();
  const spansOf = rememberSpans();
  return lines.map(({ id, period, position, credit, debit, ...conventions }) => {
    const sides = bySide(conventions);
    const over = ({ dayCount, segmented }: SideConvention, schedule: RateSchedule | undefined): SideDays => {
      const days = weightsOf(dayCount, period);
      return { days, spans: schedule ? spansOf(schedule, days, segmented) : [] };
    };
    return { id, ...accrueOver(position, { credit: over(sides.credit, credit), debit: over(sides.debit, debit) }) };
  });
}

function rememberWeights(): (dayCount: DayCount, period: Period) => DayWeights {
  const known = new Map<string, DayWeights>();
  return (dayCount, period) => {
    const key = `${dayCount} ${period.from} ${period.to} ${period.isTermination === true}`;
    const weights = known.get(key) ?? weighDays(dayCount, period);
    known.set(key, weights);
    return weights;
  };
}

function rememberSpans(): (schedule: RateSchedule, days: DayWeights, segmented: boolean) => readonly RateSpan[] {
  const known = new Map<DayWeights, Map<RateSchedule, { own?: RateSpan[]; last?: RateSpan[] }>>();
  return (schedule, days, segmented) => {
    const ofDays = known.get(days) ?? new Map<RateSchedule, { own?: RateSpan[]; last?: RateSpan[] }>();
    known.set(days, ofDays);
    const ofSchedule = ofDays.get(schedule) ?? {};
    ofDays.set(schedule, ofSchedule);
    const which = segmented ? 'own' : 'last';
    ofSchedule[which] ??= rateSpans(schedule, days, segmented);
    return ofSchedule[which];
  };
}
