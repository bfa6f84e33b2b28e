import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, localMomentOf } from '../../../shared/calendar/local-time.ts';

describe('a local time as an instant', () => {
  test.each([
    ['2025-09-19', '17:00', 'Asia/Shanghai', '2025-09-19T09:00:00.000Z'],
    ['2026-01-01', '00:00', 'Asia/Shanghai', '2025-12-31T16:00:00.000Z'],
    ['2026-01-01', '05:45', 'Asia/Kathmandu', '2026-01-01T00:00:00.000Z'],
    ['2026-01-02', '00:30', 'Pacific/Kiritimati', '2026-01-01T10:30:00.000Z'],
    ['2026-01-01', '23:59', 'America/New_York', '2026-01-02T04:59:00.000Z'],
    ['2026-07-01', '12:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    // China had summer time from 1986 to 1991.
    ['1988-07-01', '12:00', 'Asia/Shanghai', '1988-07-01T03:00:00.000Z'],
  ])('%s %s in %s is %s', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(instant);
  });

  test('is one of Shanghai unless another zone is told', () => {
    expect(instantOf('2025-09-19', '17:00').toISOString()).toBe('2025-09-19T09:00:00.000Z');
  });

  test.each([
    ['2026-03-29', '01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z', 'right before summer time'],
    ['2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z', 'its first minute'],
    ['2026-10-25', '03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z', 'right after the hour shown twice'],
    ['2026-03-08', '01:59', 'America/New_York', '2026-03-08T06:59:00.000Z', 'right before summer time'],
    ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00:00.000Z', 'its first minute'],
  ])('%s %s in %s is %s: %s', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(instant);
  });

  test.each([
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    // Half an hour only.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    // Samoa left the whole day out.
    ['2011-12-30', '10:00', 'Pacific/Apia', '2011-12-30T20:00:00.000Z'],
  ])('%s %s, which clocks in %s never show, comes as long after the change', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(instant);
  });

  test.each([
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s %s, which clocks in %s show twice, is the first of them', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(instant);
  });

  test('is the first instant at which the clocks show it', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'];
    const minute = fc
      .integer({ min: Date.parse('1995-01-01T00:00Z') / 60_000, max: Date.parse('2035-01-01T00:00Z') / 60_000 })
      .map((minutes) => new Date(minutes * 60_000));
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (instant, zone) => {
        const shown = localMomentOf(instant, zone);
        const found = instantOf(shown.date, shown.time, zone);
        expect(localMomentOf(found, zone)).toEqual(shown);
        expect(found.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(instant.getTime() - found.getTime()).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['2026-02-30', '10:00'],
    ['2026-1-1', '10:00'],
    ['2026-01-01', '24:00'],
    ['2026-01-01', '9:00'],
    ['2026-01-01', '10:60'],
    ['2026-01-01', ''],
    ['', '10:00'],
  ])('%j %j is refused', (date, time) => {
    expect(() => instantOf(date, time)).toThrow(RangeError);
  });

  test('in a zone that does not exist is refused', () => {
    expect(() => instantOf('2026-01-01', '10:00', 'Asia/Peking')).toThrow(RangeError);
  });
});
