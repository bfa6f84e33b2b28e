import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LimitPeriod, periodStart } from '../../../../functions/pooling/schedule/limit-periods.ts';
import { addDays, InvalidDateError } from '../../../../shared/calendar/plain-date.ts';

describe('the period of a limit', () => {
  test.each<[LimitPeriod['period'] & ('DAY' | 'WEEK' | 'TEN_DAYS' | 'MONTH' | 'YEAR'), string, string, string]>([
    ['DAY', '2025-10-05', '2025-10-05', 'a day is itself'],
    ['WEEK', '2025-10-06', '2025-10-06', 'Monday begins a week'],
    ['WEEK', '2025-10-12', '2025-10-06', 'Sunday ends it'],
    ['WEEK', '2026-01-01', '2025-12-29', 'over the turn of the year'],
    ['TEN_DAYS', '2025-10-01', '2025-10-01', 'the first 旬'],
    ['TEN_DAYS', '2025-10-10', '2025-10-01', 'and its last day'],
    ['TEN_DAYS', '2025-10-11', '2025-10-11', 'the second'],
    ['TEN_DAYS', '2025-10-20', '2025-10-11', 'and its last day'],
    ['TEN_DAYS', '2025-10-21', '2025-10-21', 'the third'],
    ['TEN_DAYS', '2025-10-31', '2025-10-21', 'which has eleven days in October'],
    ['TEN_DAYS', '2025-02-28', '2025-02-21', 'and eight in February'],
    ['MONTH', '2024-02-29', '2024-02-01', 'a month'],
    ['YEAR', '2025-12-31', '2025-01-01', 'a year'],
  ])('%s that holds %s begins on %s: %s', (period, date, start) => {
    expect(periodStart({ period }, date)).toBe(start);
  });

  test.each([
    ['2025-03-14', undefined],
    ['2025-03-15', '2025-03-15'],
    ['2025-06-15', '2025-03-15'],
    ['2025-06-16', undefined],
  ])('a range from 2025-03-15 to 2025-06-15 holds both its days: on %s it began on %s', (date, start) => {
    expect(periodStart({ period: 'RANGE', from: '2025-03-15', to: '2025-06-15' }, date)).toBe(start);
  });

  test('a day that does not exist is in no period', () => {
    expect(() => periodStart({ period: 'MONTH' }, '2025-02-29')).toThrow(InvalidDateError);
  });

  test('every day since the start of a period is in the same one, and the day before is not', () => {
    const date = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2020-01-01', days));
    fc.assert(
      fc.property(fc.constantFrom('DAY', 'WEEK', 'TEN_DAYS', 'MONTH', 'YEAR'), date, (period, day) => {
        const start = periodStart({ period }, day) ?? '';
        for (let each = start; each <= day; each = addDays(each, 1)) expect(periodStart({ period }, each)).toBe(start);
        expect(periodStart({ period }, addDays(start, -1))).not.toBe(start);
      }),
    );
  });
});
