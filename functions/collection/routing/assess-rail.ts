import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { type BankCodes, bankRefusal } from './banks.ts';
import type { Opening } from './openings.ts';
import type { Direction, Outage, Rail } from './rail.ts';
import type { Refusal } from './refusals.ts';
import { feeOf } from './tariff.ts';

/** What an item asks of a rail. */
export interface RoutedItem {
  /** The item is ready from now on; a due date ahead of it is the `at` of its day. */
  readonly at: Date;
  readonly direction: Direction;
  /** Minor units, above zero. */
  readonly minor: bigint;
  readonly currency: CurrencyCode;
  readonly urgent: boolean;
  readonly payerBank?: BankCodes;
  readonly payeeBank?: BankCodes;
  /** Rails the same money was on before. */
  readonly triedRails?: readonly string[];
}

/** A rail that takes the item, and on what terms. */
export interface Candidate {
  readonly rail: Rail;
  /** Minor units. */
  readonly fee: bigint;
  /** The first instant, from the item's `at`, at which the rail takes it. */
  readonly earliestExecution: Date;
  /** Whether that is at once, or the rail opens later. */
  readonly takesNow: boolean;
  readonly businessDate: PlainDate;
  readonly expectedSettlement: Date;
}

export type Assessment = { readonly candidate: Candidate } | { readonly refusal: Refusal };
export type OpeningOf = (rail: Rail, at: Date) => Opening;

/**
 * Whether a version in force takes an item, or the first reason why not in the order of the catalogue. The outages are
 * those of the rail.
 */
export function assessRail(rail: Rail, item: RoutedItem, outages: readonly Outage[], openingOf: OpeningOf): Assessment {
  const refusal = termsRefusal(rail, item) ?? bankRefusal(rail.banks, item.payerBank, item.payeeBank);
  return refusal ? { refusal } : whenOpen(rail, item, outages, openingOf);
}

function termsRefusal(rail: Rail, { minor, currency, direction, triedRails }: RoutedItem): Refusal | undefined {
  const { minimum, maximum, directions } = rail;
  if (rail.currency !== currency) return { code: 'CURRENCY', currency: rail.currency };
  if (!directions.includes(direction)) return { code: 'DIRECTION', directions };
  if (triedRails?.includes(rail.id)) return { code: 'ALREADY_TRIED' };
  if (minimum !== undefined && minor < minimum) return { code: 'BELOW_MINIMUM', minimum };
  if (maximum !== undefined && minor > maximum) return { code: 'ABOVE_LIMIT', maximum };
  return undefined;
}

function whenOpen(rail: Rail, item: RoutedItem, outages: readonly Outage[], openingOf: OpeningOf): Assessment {
  try {
    const opening = openingOf(rail, item.at);
    const earliestExecution = later(item.at, opening.opens);
    const outage = outages.find((one) => isDown(one, earliestExecution));
    if (outage) return { refusal: outageRefusal(rail, outage, outages, openingOf) };
    return { candidate: candidateOf(rail, item, opening, earliestExecution) };
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    return { refusal: { code: 'CALENDAR_NOT_PUBLISHED', calendar: error.calendar, date: error.date } };
  }
}

function candidateOf(rail: Rail, item: RoutedItem, opening: Opening, earliestExecution: Date): Candidate {
  const settlesFrom = later(earliestExecution, opening.settlesFrom);
  return {
    rail,
    fee: feeOf(rail.tariff, item.minor, item.urgent),
    earliestExecution,
    takesNow: earliestExecution <= item.at,
    businessDate: opening.businessDate,
    expectedSettlement: new Date(settlesFrom.getTime() + rail.usualMinutes * MINUTE_MS),
  };
}

/** With the instant from which it is worth asking again: the rail is open then, and no known outage is on. */
function outageRefusal(rail: Rail, outage: Outage, outages: readonly Outage[], openingOf: OpeningOf): Refusal {
  const { from, to } = outage;
  const takesAgainAt = afterOutages(rail, outage, outages, openingOf);
  return { code: 'OUTAGE', from, ...(to && { to }), ...(takesAgainAt && { takesAgainAt }) };
}

/** Each outage is left behind once, so this ends; a calendar that does not reach so far leaves it unknown. */
function afterOutages(rail: Rail, first: Outage, outages: readonly Outage[], openingOf: OpeningOf): Date | undefined {
  let outage: Outage | undefined = first;
  let at = first.from;
  try {
    while (outage) {
      if (!outage.to) return undefined;
      at = later(outage.to, openingOf(rail, outage.to).opens);
      const now = at;
      outage = outages.find((one) => isDown(one, now));
    }
  } catch (error) {
    if (error instanceof CalendarNotPublishedError) return undefined;
    throw error;
  }
  return at;
}

function isDown({ from, to }: Outage, at: Date): boolean {
  return from <= at && (to === undefined || at < to);
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
