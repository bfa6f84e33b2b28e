import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClearingPeriod } from '../../../../functions/settlement/clearing/clearing-terms.ts';
import { type Clearing, dueDate } from '../../../../functions/settlement/clearing/due-date.ts';
import { CalendarNotPublishedError } from '../../../../shared/calendar/calendar.ts';
import { chinaStateCouncil as calendar } from '../../../../shared/calendar/china-state-council.ts';
import { dayOfMonthFrom, lastOfMonth } from '../../../../shared/calendar/month-days.ts';
import { addDays, InvalidDateError } from '../../../../shared/calendar/plain-date.ts';

const inShanghai = (local: string) => new Date(`${local}+08:00`);
const working = (days: number): ClearingPeriod => ({ kind: 'WORKING_DAYS', days });
const natural = (days: number, workingDaysOnly = false): ClearingPeriod => ({
  kind: 'NATURAL_DAYS',
  days,
  workingDaysOnly,
});
const monthly = (day: number, delayDays: number, workingDaysOnly = false): ClearingPeriod => ({
  kind: 'MONTHLY',
  day,
  delayDays,
  workingDaysOnly,
});
const monthEnd = (delayDays: number, workingDaysOnly = false): ClearingPeriod => ({
  kind: 'MONTH_END',
  delayDays,
  workingDaysOnly,
});

const rolling = (period: ClearingPeriod, more: Partial<Clearing> = {}): Clearing => ({
  terms: { period, mode: 'ROLLING', cutOff: '24:00' },
  calendar,
  ...more,
});
const batch = (period: ClearingPeriod, cutOff: string, more: Partial<Clearing> = {}): Clearing => ({
  terms: { period, mode: 'BATCH', cutOff },
  calendar,
  ...more,
});

describe('T+N', () => {
  test.each([
    ['2025-09-30T10:00', 1, '2025-10-09', 'over National Day and Mid-Autumn'],
    ['2025-09-26T10:00', 1, '2025-09-28', 'a Friday, to the make-up Sunday'],
    ['2025-09-27T10:00', 1, '2025-09-28', 'a Saturday off, to the make-up Sunday'],
    ['2025-09-20T10:00', 0, '2025-09-22', 'T+0 on a Saturday is Monday'],
    ['2024-02-09T23:59:59.999', 1, '2024-02-18', 'before Spring Festival, to the make-up Sunday after it'],
    ['2024-02-28T10:00', 1, '2024-02-29', 'to the leap day'],
    ['2024-02-29T10:00', 1, '2024-03-01', 'from the leap day'],
    ['2025-12-31T10:00', 1, '2026-01-04', 'over the New Year, to the make-up Sunday'],
  ])('of %s, T+%d is %s: %s', (local, days, due) => {
    expect(dueDate(inShanghai(local), rolling(working(days)))).toBe(due);
  });
});

describe('D+N', () => {
  test.each([
    ['2025-09-30T10:00', 1, false, '2025-10-01'],
    ['2025-09-30T10:00', 1, true, '2025-10-09'],
    ['2025-09-26T10:00', 2, true, '2025-09-28'],
    ['2024-02-28T10:00', 1, false, '2024-02-29'],
    ['2025-02-28T10:00', 1, false, '2025-03-01'],
    // Where nothing is sent: a hundred days. 25 of October, 30 of November, 31 of December and 14 of January.
    ['2026-10-06T10:00', 100, false, '2027-01-14'],
  ])('of %s, D+%d, working days only %s, is %s', (local, days, only, due) => {
    expect(dueDate(inShanghai(local), rolling(natural(days, only)))).toBe(due);
  });
});

describe('on a day of the month', () => {
  test.each([
    ['2025-03-10', 15, 0, '2025-03-15', 'later in the month'],
    ['2025-03-15', 15, 0, '2025-03-15', 'on the day itself without delay'],
    ['2025-03-14', 15, 1, '2025-03-15', 'the delay ends on it'],
    ['2025-03-15', 15, 1, '2025-04-15', 'the delay ends after it'],
    ['2025-12-20', 15, 1, '2026-01-15', 'over the year'],
    ['2025-01-31', 31, 1, '2025-02-28', 'the last day, where the month has no such day'],
    ['2024-01-31', 31, 1, '2024-02-29', 'which is the leap day in a leap year'],
    ['2025-03-31', 31, 1, '2025-04-30', 'of thirty days'],
    ['2025-02-28', 30, 0, '2025-02-28', 'is reached on the last day'],
    ['2025-01-15', 1, 31, '2025-03-01', 'after a delay over a month'],
  ])('of %s, day %d after %d days, is %s: %s', (date, day, delay, due) => {
    expect(dueDate(inShanghai(`${date}T10:00`), rolling(monthly(day, delay)))).toBe(due);
  });

  test('that is off, the next working day where only these will do', () => {
    expect(dueDate(inShanghai('2025-09-30T10:00'), rolling(monthly(1, 1, true)))).toBe('2025-10-09');
    expect(dueDate(inShanghai('2025-09-10T10:00'), rolling(monthly(28, 1, true)))).toBe('2025-09-28');
  });
});

describe('at the end of the month', () => {
  test.each([
    ['2025-09-01', 0, false, '2025-09-30'],
    ['2025-09-30', 0, false, '2025-09-30'],
    ['2024-02-01', 0, false, '2024-02-29'],
    ['2025-02-01', 3, false, '2025-03-03'],
    ['2025-12-31', 1, false, '2026-01-01'],
    ['2025-09-15', 1, true, '2025-10-09'],
    // 2025-08-31 is a Sunday.
    ['2025-08-15', 0, true, '2025-09-01'],
  ])('of %s, %d days later, working days only %s, is %s', (date, delay, only, due) => {
    expect(dueDate(inShanghai(`${date}T10:00`), rolling(monthEnd(delay, only)))).toBe(due);
  });
});

describe('batch at a cut-off', () => {
  test.each([
    ['2025-09-19T17:00:00.000', '2025-09-22', 'the cut-off itself is in time'],
    ['2025-09-19T17:00:00.001', '2025-09-22', 'a late Friday counts as Saturday; the first counted day is Monday'],
    ['2025-09-18T17:00:00.000', '2025-09-19', 'Thursday in time'],
    ['2025-09-18T17:00:00.001', '2025-09-22', 'Thursday late counts as Friday'],
    ['2025-09-27T18:00:00.000', '2025-09-29', 'a late Saturday counts as the make-up Sunday'],
  ])('17:00, T+1, of %s is %s: %s', (local, due) => {
    expect(dueDate(inShanghai(local), batch(working(1), '17:00'))).toBe(due);
  });

  test('late on the last of a month counts for the month after', () => {
    expect(dueDate(inShanghai('2025-02-28T18:00'), batch(monthEnd(0), '17:00'))).toBe('2025-03-31');
  });

  test('is told on the clock of the market’s zone; rolling orders have none', () => {
    const instant = new Date('2025-09-18T09:30:00Z');
    expect(dueDate(instant, batch(working(1), '17:00'))).toBe('2025-09-22');
    expect(dueDate(instant, batch(working(1), '17:00', { zone: 'UTC' }))).toBe('2025-09-19');
    expect(
      dueDate(instant, { ...rolling(working(1)), terms: { ...batch(working(1), '17:00').terms, mode: 'ROLLING' } }),
    ).toBe('2025-09-19');
    expect(dueDate(new Date('2025-09-18T16:30:00Z'), rolling(working(1)))).toBe('2025-09-22');
  });
});

describe('a date that the order was sent with', () => {
  const expectedOn = '2025-10-01';
  const paidOn = inShanghai('2025-09-15T10:00');

  test('takes the place of the period, later or earlier', () => {
    expect(dueDate(paidOn, rolling(natural(1), { expectedOn }))).toBe('2025-10-01');
    expect(dueDate(paidOn, rolling(natural(100), { expectedOn }))).toBe('2025-10-01');
  });

  test('moves to the next working day where the period pays on these', () => {
    expect(dueDate(paidOn, rolling(working(1), { expectedOn }))).toBe('2025-10-09');
    expect(dueDate(paidOn, rolling(natural(1, true), { expectedOn }))).toBe('2025-10-09');
  });

  test('is never before the day that the money counts as of', () => {
    expect(dueDate(inShanghai('2025-10-05T10:00'), rolling(natural(9), { expectedOn }))).toBe('2025-10-05');
    expect(dueDate(inShanghai('2025-10-01T18:00'), batch(natural(9), '17:00', { expectedOn }))).toBe('2025-10-02');
  });

  test('has to exist', () => {
    expect(() => dueDate(paidOn, rolling(natural(1), { expectedOn: '2025-02-29' }))).toThrow(InvalidDateError);
  });
});

describe('beyond the coverage of the calendar', () => {
  const lastDay = inShanghai('2026-12-31T10:00');

  test.each([
    ['T+1', rolling(working(1))],
    ['D+1 on working days', rolling(natural(1, true))],
    ['the month’s end, a day later, on working days', rolling(monthEnd(1, true))],
    ['a date of its own', rolling(working(1), { expectedOn: '2027-01-04' })],
  ])('%s is not guessed', (_, clearing) => {
    expect(() => dueDate(lastDay, clearing)).toThrow(CalendarNotPublishedError);
  });

  test('natural days need no calendar', () => {
    expect(dueDate(lastDay, rolling(natural(1)))).toBe('2027-01-01');
    expect(dueDate(lastDay, rolling(monthly(31, 1)))).toBe('2027-01-31');
  });
});

describe('properties', () => {
  const instants = fc
    .integer({ min: 0, max: 700 * 1_440 })
    .map((minutes) => new Date(Date.UTC(2024, 0, 2) + minutes * 60_000));
  const days = fc.integer({ min: 0, max: 60 });
  const periods = fc.oneof(
    days.map(working),
    fc.tuple(days, fc.boolean()).map(([count, only]) => natural(count, only)),
    fc
      .tuple(fc.integer({ min: 1, max: 31 }), days, fc.boolean())
      .map(([day, delay, only]) => monthly(day, delay, only)),
    fc.tuple(days, fc.boolean()).map(([delay, only]) => monthEnd(delay, only)),
  );
  const clearings = fc
    .tuple(periods, fc.boolean(), fc.constantFrom('00:00', '17:00', '24:00'))
    .map(([period, isBatch, cutOff]) => (isBatch ? batch(period, cutOff) : rolling(period)));

  test('what counts from later is never due earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 5 * 1_440 }), clearings, (first, minutes, clearing) => {
        const second = new Date(first.getTime() + minutes * 60_000);
        expect(dueDate(first, clearing) <= dueDate(second, clearing)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('working days only are working days', () => {
    fc.assert(
      fc.property(instants, clearings, (instant, clearing) => {
        const { period } = clearing.terms;
        fc.pre(period.kind === 'WORKING_DAYS' || period.workingDaysOnly);
        expect(calendar.isWorkingDay(dueDate(instant, clearing))).toBe(true);
      }),
    );
  });

  test('the day of a month is found as by looking at each day after another', () => {
    const dates = fc.integer({ min: 0, max: 3_000 }).map((count) => addDays('2023-01-01', count));
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 31 }), (date, day) => {
        let found = date;
        const isLast = (one: string) => addDays(one, 1).endsWith('-01');
        while (Number(found.slice(8)) !== day && !(isLast(found) && Number(found.slice(8)) < day))
          found = addDays(found, 1);
        expect(dayOfMonthFrom(date, day)).toBe(found);
        expect(isLast(lastOfMonth(date)) && lastOfMonth(date).slice(0, 7) === date.slice(0, 7)).toBe(true);
      }),
    );
  });
});
