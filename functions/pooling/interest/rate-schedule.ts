import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type DayWeights, dateOfDay } from './day-weights.ts';
import { formatRate, type RateEntry, type RateSchedule, type RateTier, type TierMode } from './rates.ts';

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

/** Days of a period under one entry of a schedule, or under none, and of years with one number of days. */
export interface RateSpan {
  readonly start: number;
  readonly end: number;
  /** The basis of the span's days: interest = product × rate / yearDays. */
  readonly yearDays: number;
  /** No tiers where no rate is in force. */
  readonly tiers: readonly SpanTier[];
  readonly mode: TierMode;
  /** The day whose rate counts for the whole span, where it is not each day's own. */
  readonly rateOf?: PlainDate;
}

/**
 * The rates over a period's days, without gap. Segmented (分段计息), each rate counts for its own days; otherwise the rate
 * in force on the last counted day counts for the whole period. By ACT/ACT, spans are cut where a leap year begins or
 * ends, so that each has one basis.
 */
export function rateSpans(schedule: RateSchedule, days: DayWeights, segmented: boolean): RateSpan[] {
  if (segmented) return entrySpans(schedule, days).flatMap((span) => cutByYear(span, days));
  const rateOf = dateOfDay(days, days.days - 1);
  const entry = schedule.findLast(({ from }) => from <= rateOf);
  return cutByYear({ start: 0, end: days.days, entry }, days).map((span) => ({ ...span, rateOf }));
}

interface EntrySpan {
  readonly start: number;
  readonly end: number;
  readonly entry: RateEntry | undefined;
}

function entrySpans(schedule: RateSchedule, days: DayWeights): EntrySpan[] {
  const starts = schedule.map(({ from }) => firstDayFrom(from, days));
  const before = { start: 0, end: starts[0] ?? days.days, entry: undefined };
  const spans = schedule.map((entry, index) => ({
    start: starts[index] ?? 0,
    end: starts[index + 1] ?? days.days,
    entry,
  }));
  return [before, ...spans];
}

/** None where the span has no days. */
function cutByYear({ start, end, entry }: EntrySpan, { years }: DayWeights): RateSpan[] {
  return years
    .map((year) => ({ start: Math.max(start, year.start), end: Math.min(end, year.end), yearDays: year.yearDays }))
    .filter((piece) => piece.start < piece.end)
    .map((piece) => ({ ...piece, ...tiersOf(entry) }));
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
