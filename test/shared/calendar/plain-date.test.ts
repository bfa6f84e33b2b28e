import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  businessDateOf,
  compareDates,
  dayOfWeek,
  daysBetween,
  InvalidDateError,
  isPlainDate,
  localTimeOf,
  plainDate,
} from '../../../shared/calendar/plain-date.ts';

const date = fc.integer({ min: -200_000, max: 200_000 }).map((days) => addDays('2026-01-01', days));

describe('dates', () => {
  test.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(plainDate(text)).toBe(text);
  });

  test.each([
    '2025-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '+002026-01-01',
    '',
  ])('%j is not a day', (text) => {
    expect(isPlainDate(text)).toBe(false);
    expect(() => plainDate(text)).toThrow(InvalidDateError);
  });

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-15', 0, '2026-03-15'],
    ['2000-01-01', 10_000, '2027-05-19'],
  ])('%s and %d days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  test('days are counted with the first and without the last', () => {
    expect(daysBetween('2025-03-21', '2025-06-21')).toBe(92);
    expect(daysBetween('2025-06-21', '2025-03-21')).toBe(-92);
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
  });

  test('fractions of a day and dates past the year 9999 are refused', () => {
    expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('2026-02-30', 1)).toThrow(InvalidDateError);
  });

  test.each([
    ['2025-09-19', 5],
    ['2026-01-04', 7],
    ['1970-01-01', 4],
    ['1969-12-29', 1],
    ['2000-01-01', 6],
  ])('%s is day %d of the week', (day, number) => {
    expect(dayOfWeek(day)).toBe(number);
  });

  test('adding what lies between two dates leads from one to the other', () => {
    fc.assert(
      fc.property(date, date, (from, to) => {
        expect(addDays(from, daysBetween(from, to))).toBe(to);
      }),
    );
  });

  test('sort as the days they stand for', () => {
    fc.assert(
      fc.property(date, date, (one, other) => {
        expect(Math.sign(compareDates(one, other))).toBe(Math.sign(daysBetween(other, one)));
      }),
    );
  });
});

describe('an instant on the wall of a zone', () => {
  test.each([
    ['2025-12-31T15:59:59.999Z', 'Asia/Shanghai', '2025-12-31', '23:59'],
    ['2025-12-31T16:00:00.000Z', 'Asia/Shanghai', '2026-01-01', '00:00'],
    ['2025-12-31T16:00:00.000Z', 'UTC', '2025-12-31', '16:00'],
    ['2026-01-01T04:59:00.000Z', 'America/New_York', '2025-12-31', '23:59'],
    // Summer time began at 01:00 UTC.
    ['2026-03-29T00:59:00.000Z', 'Europe/Berlin', '2026-03-29', '01:59'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Berlin', '2026-03-29', '03:00'],
    ['2026-01-01T00:00:00.000Z', 'Asia/Kathmandu', '2026-01-01', '05:45'],
  ])('%s in %s is %s %s', (instant, zone, day, time) => {
    expect(businessDateOf(new Date(instant), zone)).toBe(day);
    expect(localTimeOf(new Date(instant), zone)).toBe(time);
  });

  test('is told in Shanghai unless said otherwise', () => {
    expect(businessDateOf(new Date('2026-03-01T16:30:00Z'))).toBe('2026-03-02');
    expect(localTimeOf(new Date('2026-03-01T16:30:00Z'))).toBe('00:30');
  });

  test('in a zone that does not exist is refused', () => {
    expect(() => businessDateOf(new Date(0), 'Asia/Peking')).toThrow(RangeError);
  });
});
