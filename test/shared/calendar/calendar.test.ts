import { describe, expect, test } from 'vitest';
import { buildCalendar, type CalendarData, CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import { chinaStateCouncil } from '../../../shared/calendar/china-state-council.ts';
import { addDays, daysBetween } from '../../../shared/calendar/plain-date.ts';

function workingDays(from: string, to: string): number {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
  return days.filter((day) => chinaStateCouncil.isWorkingDay(day)).length;
}

describe('the calendar of the State Council', () => {
  test.each([
    [2024, 251, 115],
    [2025, 248, 117],
    [2026, 248, 117],
  ])('has in %d %d working days and %d off, as published', (year, working, off) => {
    const [from, to] = [`${year}-01-01`, `${year}-12-31`];
    expect(workingDays(from, to)).toBe(working);
    expect(daysBetween(from, to) + 1 - workingDays(from, to)).toBe(off);
  });

  test.each([
    ['2024-02', '2024-02-29', 18],
    ['2025-01', '2025-01-31', 19],
    ['2025-09', '2025-09-30', 23],
    ['2025-10', '2025-10-31', 18],
    ['2026-02', '2026-02-28', 16],
    ['2026-10', '2026-10-31', 18],
  ])('has in %s, to %s, %d working days, as published', (month, last, working) => {
    expect(workingDays(`${month}-01`, last)).toBe(working);
  });

  test.each([
    ['2025-09-28', true, 'a make-up Sunday'],
    ['2026-02-14', true, 'a make-up Saturday'],
    ['2025-10-08', false, 'a Wednesday in the long holiday'],
    ['2026-02-23', false, 'the ninth day of Spring Festival'],
    ['2026-02-24', true, 'the day after it'],
    ['2024-02-09', true, "New Year's Eve of 2024, which was no public holiday"],
    ['2025-09-20', false, 'a plain Saturday'],
  ])('%s is a working day: %s (%s)', (day, working) => {
    expect(chinaStateCouncil.isWorkingDay(day)).toBe(working);
  });

  test.each(['2023-12-31', '2027-01-01'])('says nothing about %s rather than guess', (day) => {
    expect(() => chinaStateCouncil.isWorkingDay(day)).toThrow(CalendarNotPublishedError);
    expect(() => chinaStateCouncil.isWorkingDay(day)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_NOT_PUBLISHED', date: day }),
    );
  });
});

describe('a calendar out of data', () => {
  const data: CalendarData = {
    name: 'TARGET_2026_EASTER',
    source: 'European Central Bank, closing days of T2',
    coverage: { from: '2026-04-01', to: '2026-04-30' },
    weekend: [6, 7],
    offDays: ['2026-04-03', '2026-04-06'],
    makeUpWorkdays: [],
  };

  test('is another calendar, not derived from the first', () => {
    const target = buildCalendar(data);
    expect(target.isWorkingDay('2026-04-03')).toBe(false);
    expect(chinaStateCouncil.isWorkingDay('2026-04-03')).toBe(true);
  });

  test('may have its weekend on other days', () => {
    const calendar = buildCalendar({ ...data, weekend: [5, 6], offDays: [] });
    expect(calendar.isWorkingDay('2026-04-03')).toBe(false);
    expect(calendar.isWorkingDay('2026-04-05')).toBe(true);
  });

  test.each<[string, Partial<CalendarData>]>([
    ['a day both off and worked', { offDays: ['2026-04-04'], makeUpWorkdays: ['2026-04-04'] }],
    ['a make-up day that is worked anyway', { makeUpWorkdays: ['2026-04-07'] }],
    ['a day off outside the coverage', { offDays: ['2026-05-01'] }],
    ['a make-up day outside the coverage', { makeUpWorkdays: ['2026-05-02'] }],
    ['a block that ends before it begins', { offDays: [['2026-04-06', '2026-04-03']] }],
    ['a day that does not exist', { offDays: ['2026-04-31'] }],
    ['a coverage that ends before it begins', { coverage: { from: '2026-04-30', to: '2026-04-01' } }],
  ])('is refused with %s', (_, fault) => {
    expect(() => buildCalendar({ ...data, ...fault })).toThrow(RangeError);
  });
});
