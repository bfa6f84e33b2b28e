import { isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type DayWeights, dateOfDay } from './day-weights.ts';
import { formatRate, type RateEntry, type RateSchedule, type RateTier, type TierMode } from './rates.ts';

/** What is wrong with a schedule: which entry, which tier of it where it is one, and why, for a caller to read. */
export interface ScheduleFault {
  readonly index: number;
  readonly tier?: number;
  readonly fault: string;
}

/** The first fault of a schedule; undefined where it can be used. The other functions take only such. */
export function scheduleFault(schedule: RateSchedule): ScheduleFault | undefined {
  if (schedule.length === 0) return { index: 0, fault: 'A schedule has at least one rate.' };
  for (const [index, entry] of schedule.entries()) {
    const fault = dateFault(entry.from, schedule[index - 1]?.from);
    if (fault !== undefined) return { index, fault };
    const inside = 'tiers' in entry ? tierFault(entry.tiers) : { fault: rateFault(entry.rate) };
    if (inside?.fault !== undefined) return { index, ...inside, fault: inside.fault };
  }
  return undefined;
}

function dateFault(from: PlainDate, before: PlainDate | undefined): string | undefined {
  if (!isPlainDate(from)) return 'A rate is in force from a day that exists, written YYYY-MM-DD.';
  if (before !== undefined && from <= before) return `Rates are listed by date; ${from} is not after ${before}.`;
  return undefined;
}

function rateFault(rate: bigint): string | undefined {
  return rate < 0n ? 'A rate is not below zero.' : undefined;
}

function tierFault(tiers: readonly RateTier[]): Omit<ScheduleFault, 'index'> | undefined {
  if (tiers.length === 0) return { fault: 'A rate by tiers has at least one tier.' };
  for (const [tier, { above, rate }] of tiers.entries()) {
    const before = tiers[tier - 1]?.above;
    if (before === undefined && above !== 0n) return { tier, fault: 'The first tier is above zero.' };
    if (before !== undefined && above <= before)
      return { tier, fault: 'The bounds of tiers rise from one to the next.' };
    const fault = rateFault(rate);
    if (fault !== undefined) return { tier, fault };
  }
  return undefined;
}

/** A day with a balance has no rate: the schedule begins later. */
export class RateMissingError extends Error {
  override readonly name = 'RateMissingError';
  readonly date: PlainDate;

  constructor(date: PlainDate) {
    super(`No rate is in force on ${date}; the schedule begins later.`);
    this.date = date;
  }
}

/** A tier of a span, with the part of a balance that lies in it between two bounds. */
export interface SpanTier {
  readonly above: bigint;
  /** Undefined for the highest. */
  readonly upTo?: bigint;
  readonly rate: bigint;
  readonly text: string;
  /** Whether the entry was given by tiers. */
  readonly isTier: boolean;
}

/** Days of a period under one entry of a schedule, or under none. */
export interface RateSpan {
  readonly start: number;
  readonly end: number;
  /** No tiers where no rate is in force. */
  readonly tiers: readonly SpanTier[];
  readonly mode: TierMode;
  /** The day whose rate counts for the whole span, where it is not each day's own. */
  readonly rateOf?: PlainDate;
}

/**
 * The rates over a period's days, without gap. Segmented (分段计息), each rate counts for its own days; otherwise the rate
 * in force on the last counted day counts for the whole period.
 */
export function rateSpans(schedule: RateSchedule, days: DayWeights, segmented: boolean): RateSpan[] {
  if (!segmented) {
    const rateOf = dateOfDay(days, days.days - 1);
    const inForce = schedule.findLast(({ from }) => from <= rateOf);
    return [{ start: 0, end: days.days, rateOf, ...tiersOf(inForce) }];
  }
  const starts = schedule.map(({ from }) => firstDayFrom(from, days));
  const spans = schedule.map((entry, index) => ({
    start: starts[index] ?? 0,
    end: starts[index + 1] ?? days.days,
    ...tiersOf(entry),
  }));
  const before = { start: 0, end: starts[0] ?? days.days, ...tiersOf(undefined) };
  return [before, ...spans].filter(({ start, end }) => start < end);
}

/** The first day of the period on which an entry is in force; the period's end where it comes later. */
function firstDayFrom(from: PlainDate, { period, days, dayOf }: DayWeights): number {
  return from <= period.from ? 0 : (dayOf.get(from) ?? days);
}

function tiersOf(entry: RateEntry | undefined): Pick<RateSpan, 'tiers' | 'mode'> {
  if (entry === undefined) return { tiers: [], mode: 'MARGINAL' };
  if (!('tiers' in entry)) return { tiers: spanTiers([{ above: 0n, rate: entry.rate }], false), mode: 'MARGINAL' };
  return { tiers: spanTiers(entry.tiers, true), mode: entry.mode };
}

function spanTiers(tiers: readonly RateTier[], isTier: boolean): SpanTier[] {
  return tiers.map(({ above, rate }, index) => {
    const upTo = tiers[index + 1]?.above;
    return { above, rate, text: formatRate(rate), isTier, ...(upTo === undefined ? {} : { upTo }) };
  });
}
