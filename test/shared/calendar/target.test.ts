import { describe, expect, test } from 'vitest';
import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import { easterSunday } from '../../../shared/calendar/easter.ts';
import { dayOfWeek } from '../../../shared/calendar/plain-date.ts';
import { target } from '../../../shared/calendar/target.ts';

describe('Easter Sunday', () => {
  test.each([
    // The examples of Meeus, and the bounds: Easter is on 22 March at the earliest, on 25 April at the latest.
    [1991, '1991-03-31'],
    [1992, '1992-04-19'],
    [1993, '1993-04-11'],
    [1954, '1954-04-18'],
    [2000, '2000-04-23'],
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [2038, '2038-04-25'],
    // The two exceptions that the simple rules miss.
    [1981, '1981-04-19'],
    [2049, '2049-04-18'],
  ])('of %d is %s', (year, date) => {
    expect(easterSunday(year)).toBe(date);
  });

  test('is a Sunday from 22 March to 25 April in every year', () => {
    for (let year = 1583; year <= 4099; year += 1) {
      const date = easterSunday(year);
      expect(dayOfWeek(date)).toBe(7);
      expect(date >= `${year}-03-22` && date <= `${year}-04-25`).toBe(true);
    }
  });

  test.each([1582, 10_000, 2025.5])('of the year %d is not told', (year) => {
    expect(() => easterSunday(year)).toThrow(RangeError);
  });
});

describe('the calendar of TARGET', () => {
  test.each([
    '2024-01-01',
    '2024-03-29',
    '2024-04-01',
    '2024-05-01',
    '2024-12-25',
    '2024-12-26',
    '2025-04-18',
    '2025-04-21',
    '2026-04-03',
    '2026-04-06',
    '2027-03-26',
    '2027-03-29',
    '2028-04-14',
    '2028-04-17',
  ])('is closed on %s, as published', (day) => {
    expect(target.isWorkingDay(day)).toBe(false);
  });

  test.each(['2024-12-24', '2025-04-17', '2025-04-22', '2025-10-01', '2026-05-14', '2026-12-31'])(
    'is open on %s, whoever else is closed',
    (day) => {
      expect(target.isWorkingDay(day)).toBe(true);
    },
  );

  test.each(['2023-12-29', '2031-01-02'])('says nothing about %s', (day) => {
    expect(() => target.isWorkingDay(day)).toThrow(CalendarNotPublishedError);
  });
});
