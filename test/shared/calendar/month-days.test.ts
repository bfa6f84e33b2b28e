import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfMonthFrom, lastOfMonth, monthLength } from '../../../shared/calendar/month-days.ts';
import { addDays, InvalidDateError, isPlainDate } from '../../../shared/calendar/plain-date.ts';

const date = fc.integer({ min: -200_000, max: 200_000 }).map((days) => addDays('2026-01-01', days));

describe('a month', () => {
  test.each([
    [2026, 1, 31],
    [2026, 2, 28],
    [2024, 2, 29],
    [2000, 2, 29],
    [1900, 2, 28],
    [2026, 4, 30],
    [2026, 12, 31],
  ])('of %i-%i has so many days', (year, month, days) => {
    expect(monthLength(year, month)).toBe(days);
  });

  test('ends on the day before the first that does not exist, or before the next month', () => {
    fc.assert(
      fc.property(date, (day) => {
        const last = lastOfMonth(day);
        expect(last.slice(0, 7)).toBe(day.slice(0, 7));
        expect(isPlainDate(last)).toBe(true);
        expect(addDays(last, 1).slice(8)).toBe('01');
      }),
    );
  });

  test.each(['2026-02-30', '2026-13-01', ''])('of %j is none', (text) => {
    expect(() => lastOfMonth(text)).toThrow(InvalidDateError);
  });
});

describe('the next day of a month', () => {
  test.each([
    ['2026-01-10', 15, '2026-01-15'],
    ['2026-01-15', 15, '2026-01-15'],
    ['2026-01-16', 15, '2026-02-15'],
    ['2026-02-01', 31, '2026-02-28'],
    ['2028-02-01', 30, '2028-02-29'],
    ['2026-12-31', 30, '2027-01-30'],
  ])('from %s on, the %i, is %s', (from, day, expected) => {
    expect(dayOfMonthFrom(from, day)).toBe(expected);
  });
});
