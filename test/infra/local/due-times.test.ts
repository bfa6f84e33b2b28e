import { describe, expect, test } from 'vitest';
import { INTERVAL_RUNS_MAX, listDueTimes } from '../../../infra/local/due-times.ts';

const due = (every: Parameters<typeof listDueTimes>[0], after: string, until: string) =>
  listDueTimes(every, Date.parse(after), Date.parse(until)).map((time) => new Date(time).toISOString());

describe('an interval', () => {
  test('is due at whole multiples, the end included and the beginning not', () => {
    expect(due({ minutes: 5 }, '2026-03-02T10:00:00Z', '2026-03-02T10:15:00Z')).toEqual([
      '2026-03-02T10:05:00.000Z',
      '2026-03-02T10:10:00.000Z',
      '2026-03-02T10:15:00.000Z',
    ]);
  });

  test('is not due in a shorter time', () => {
    expect(due({ minutes: 5 }, '2026-03-02T10:00:01Z', '2026-03-02T10:04:59Z')).toEqual([]);
  });

  test('is thinned out over a long leap, the last due time included', () => {
    const times = due({ minutes: 1 }, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
    expect(times.length).toBeLessThanOrEqual(INTERVAL_RUNS_MAX);
    expect(times.length).toBeGreaterThan(INTERVAL_RUNS_MAX / 2);
    expect(times.at(-1)).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('a daily time', () => {
  test('is a time of Shanghai unless another zone is told: 17:00 there is 09:00 UTC', () => {
    expect(due({ dailyAt: '17:00' }, '2026-03-02T09:00:00Z', '2026-03-04T09:00:00Z')).toEqual([
      '2026-03-03T09:00:00.000Z',
      '2026-03-04T09:00:00.000Z',
    ]);
  });

  test('follows the summer time of its zone: Berlin changes on 2026-03-29', () => {
    expect(due({ dailyAt: '08:30', zone: 'Europe/Berlin' }, '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z')).toEqual([
      '2026-03-28T07:30:00.000Z',
      '2026-03-29T06:30:00.000Z',
    ]);
  });

  test('comes on the day clocks are put forward as long after the change, and once on the day they are put back', () => {
    const newYork = { dailyAt: '02:30', zone: 'America/New_York' };
    expect(due(newYork, '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')).toEqual(['2026-03-08T07:30:00.000Z']);
    expect(due({ ...newYork, dailyAt: '01:30' }, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')).toEqual([
      '2026-11-01T05:30:00.000Z',
    ]);
  });

  test('is found where the zone’s day is another than that of UTC', () => {
    expect(
      due({ dailyAt: '00:30', zone: 'Pacific/Kiritimati' }, '2026-05-01T10:00:00Z', '2026-05-01T11:00:00Z'),
    ).toEqual(['2026-05-01T10:30:00.000Z']);
  });
});
