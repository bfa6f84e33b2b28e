import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { calendars } from '../../../shared/calendar/calendars.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ClearingTerms } from '../clearing/clearing-terms.ts';
import { dueDate } from '../clearing/due-date.ts';
import { versionOn } from '../rules/version-on.ts';
import type { FailureMode, SplitTerms } from '../splits/split-rule.ts';
import type { SplitPlan, SubOrder } from './order.ts';
import type { PlanFacts } from './plan-facts.ts';

/** Days after the payment on which money without rule and participants goes to who sells, and on which nothing waits any longer. */
export const WAITING_DAYS = 100;

/** What a sub-order is split by. */
export interface PlanTerms {
  readonly terms: SplitTerms;
  readonly clearing: ClearingTerms;
  readonly failureMode: FailureMode;
  /** RULE: which one. */
  readonly version?: number;
  /** It is added up with others, and their sum is split when it is due. */
  readonly isSummed?: true;
}

const allToMerchant: SplitTerms = { base: 'PAID', method: 'FIXED', lines: [] };

/**
 * The terms of a plan, for what was paid on a day; none where a rule has no version in force then. What names no days of its own
 * is due on the next working day of the market, and where nobody is named, after 100 natural days.
 */
export function planTerms(
  plan: Exclude<SplitPlan, { readonly by: 'MANUAL' }>,
  paidOn: PlainDate,
  { market, rules }: Pick<PlanFacts, 'market' | 'rules'>,
): PlanTerms | undefined {
  if (plan.by === 'TERMS') {
    return { terms: plan.terms, clearing: nextWorkingDay(market.calendar), failureMode: plan.failureMode };
  }
  if (plan.by === 'MERCHANT') {
    const period = { kind: 'NATURAL_DAYS', days: WAITING_DAYS, workingDaysOnly: false } as const;
    const clearing = { ...nextWorkingDay(market.calendar), period };
    return { terms: allToMerchant, clearing, failureMode: 'ALL_OR_NOTHING' };
  }
  const versions = rules.get(plan.ruleId)?.versions ?? [];
  const rule =
    plan.version === undefined ? versionOn(versions, paidOn) : versions.find(({ version }) => version === plan.version);
  if (!rule) return undefined;
  const { clearing, failureMode, version, aggregate } = rule;
  return { terms: rule, clearing, failureMode, version, ...(aggregate === 'BEFORE_SPLIT' && { isSummed: true }) };
}

/** T+1, each order by itself. */
export function nextWorkingDay(calendar: string): ClearingTerms {
  return { from: 'PAYMENT', period: { kind: 'WORKING_DAYS', days: 1 }, mode: 'ROLLING', cutOff: '24:00', calendar };
}

/** A day, or the next working day of a market; the day itself beyond its calendar. */
export function workingDayFrom(day: PlainDate, market: Pick<PlanFacts['market'], 'calendar'>): PlainDate {
  return withinCalendar(market.calendar, (calendar) => addWorkingDays(calendar, day, 0)) ?? day;
}

/** The day on which money is due that counts from an instant; none beyond the calendar. */
export function dueOnOf(
  clearing: ClearingTerms,
  countsFrom: string,
  { expectedOn }: Pick<SubOrder, 'expectedOn'>,
  { zone }: PlanFacts['market'],
): PlainDate | undefined {
  return withinCalendar(clearing.calendar, (calendar) =>
    dueDate(new Date(countsFrom), { terms: clearing, calendar, zone, ...defined({ expectedOn }) }),
  );
}

function withinCalendar(name: string, find: (calendar: WorkingDayCalendar) => PlainDate): PlainDate | undefined {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`There is no calendar ${name}.`);
  try {
    return find(calendar);
  } catch (error) {
    if (error instanceof CalendarNotPublishedError) return undefined;
    throw error;
  }
}
