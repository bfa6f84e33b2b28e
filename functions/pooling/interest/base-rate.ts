import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { formatRate, parseRate, type Rate, type RateEntry, type RateSchedule, rateMax } from './rates.ts';

/** A rate that others are agreed on (基准利率), such as the LPR of one year; by date, earliest first. */
export interface BaseRate {
  readonly name: string;
  readonly rates: readonly { readonly from: PlainDate; readonly rate: Rate }[];
}

/** From a date on, the base rate and so much more or, below zero, less (利差), as the base changes. */
export interface SpreadEntry {
  readonly from: PlainDate;
  /** Percent per year in millionths, of either sign. */
  readonly spread: bigint;
}

export type AgreedEntry = RateEntry | SpreadEntry;

/** What is agreed, by effective date, earliest first: rates, or spreads on a base rate. */
export type AgreedSchedule = readonly AgreedEntry[];

/** A spread of decimal text: as a rate, with a minus where it takes off. parseSpread('-0.25') is -250_000n. */
export function parseSpread(text: string): bigint {
  return text.startsWith('-') ? -parseRate(text.slice(1)) : parseRate(text);
}

export function formatSpread(spread: bigint): string {
  return spread < 0n ? `-${formatRate(-spread)}` : formatRate(spread);
}

/**
 * The rates that an agreement comes to: a spread gives one on its own day and one on each later day on which the base
 * changes, until the next entry. Never below zero: where the base is lower than the spread takes off, the rate is zero.
 * Throws RangeError where spreadFaults has something to tell.
 */
export function resolveSpreads(schedule: AgreedSchedule, base: BaseRate | undefined): RateSchedule {
  const [fault] = spreadFaults(schedule, base);
  if (fault) throw new RangeError(fault.detail);
  return schedule.flatMap((entry, index) =>
    'spread' in entry ? overBase(entry, schedule[index + 1]?.from, base) : [entry],
  );
}

/** Which entries of a schedule come to no rate on this base, and why. */
export function spreadFaults(
  schedule: AgreedSchedule,
  base: BaseRate | undefined,
): { readonly index: number; readonly detail: string }[] {
  return schedule.flatMap((entry, index) => {
    if (!('spread' in entry)) return [];
    const detail = spreadFault(entry, schedule[index + 1]?.from, base);
    return detail === undefined ? [] : [{ index, detail }];
  });
}

function spreadFault(entry: SpreadEntry, until: PlainDate | undefined, base: BaseRate | undefined): string | undefined {
  if (!base) return 'Send the base rate that this is a spread on, as `base`.';
  const rates = overBase(entry, until, base);
  if (rates[0]?.from !== entry.from) {
    return `The base rate begins after ${entry.from}; add its rate of that day, or let the spread begin with it.`;
  }
  const high = rates.find(({ rate }) => rate > rateMax);
  if (!high) return undefined;
  return `With the base rate this comes to ${formatRate(high.rate)} on ${high.from}; the highest is ${formatRate(rateMax)}.`;
}

function overBase({ from, spread }: SpreadEntry, until: PlainDate | undefined, base: BaseRate | undefined) {
  const rates = base?.rates ?? [];
  const inForce = rates.findLast((one) => one.from <= from);
  const later = rates.filter((one) => one.from > from && (until === undefined || one.from < until));
  return [...(inForce ? [{ from, rate: inForce.rate }] : []), ...later].map((one) => ({
    from: one.from,
    rate: one.rate + spread < 0n ? 0n : one.rate + spread,
  }));
}
