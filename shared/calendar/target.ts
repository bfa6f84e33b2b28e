import { buildCalendar, type CalendarData } from './calendar.ts';
import { easterSunday } from './easter.ts';
import { addDays, type PlainDate } from './plain-date.ts';

const firstYear = 2024;
const lastYear = 2030;

/**
 * The business days of TARGET, the settlement system of the euro. The rule has stood since 2002 until further notice, so
 * the days are computed from it; the coverage ends where nobody should rely on there being no such notice.
 */
export const targetData: CalendarData = {
  name: 'TARGET',
  source: 'European Central Bank, long-term calendar for TARGET closing days, press release of 14 December 2000',
  coverage: { from: `${firstYear}-01-01`, to: `${lastYear}-12-31` },
  weekend: [6, 7],
  offDays: Array.from({ length: lastYear - firstYear + 1 }, (_, index) => closingDays(firstYear + index)).flat(),
  makeUpWorkdays: [],
};

export const target = buildCalendar(targetData);

/** New Year's Day, Good Friday, Easter Monday, 1 May, and both days of Christmas. */
function closingDays(year: number): PlainDate[] {
  const easter = easterSunday(year);
  return [`${year}-01-01`, addDays(easter, -2), addDays(easter, 1), `${year}-05-01`, `${year}-12-25`, `${year}-12-26`];
}
