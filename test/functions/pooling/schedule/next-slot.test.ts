import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDueOn } from '../../../../functions/pooling/schedule/due.ts';
import { nextSlot, type ScheduledAgreement } from '../../../../functions/pooling/schedule/next-slot.ts';
import type { HolidayMode, Schedule, Term } from '../../../../functions/pooling/schedule/schedule.ts';

import { isInForce } from '../../../../functions/pooling/schedule/term.ts';
import { chinaStateCouncil as china } from '../../../../shared/calendar/china-state-council.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { anySchedule } from './schedules.ts';

const always: Term = { effectiveFrom: '2020-01-01', pauses: [] };
const inShanghai = (local: string) => new Date(`${local}+08:00`);

function daily(holiday: HolidayMode, times: string[], term: Partial<Term> = {}): ScheduledAgreement {
  return { schedule: { frequency: 'DAILY', times, holiday }, term: { ...always, ...term } };
}

function monthly(day: number, holiday: HolidayMode, term: Partial<Term> = {}): ScheduledAgreement {
  const schedule: Schedule = { frequency: 'MONTHLY', on: { days: [day] }, times: ['17:00'], holiday };
  return { schedule, term: { ...always, ...term } };
}

/** The slot as 'date #run instant in Shanghai', a fault as itself. */
function next(agreements: ScheduledAgreement[], after: string) {
  const slot = nextSlot(agreements, china, inShanghai(after));
  if (slot === undefined || 'fault' in slot) return slot;
  const local = new Date(slot.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
  return `${slot.businessDate} #${slot.runNumber} ${local}`;
}

describe('the next slot', () => {
  test.each([
    ['2025-09-30T16:59:59.999', '2025-09-30 #11700 2025-09-30T17:00', 'right before'],
    ['2025-09-30T17:00:00', '2025-10-09 #11700 2025-10-09T17:00', 'at the slot itself it is past: over National Day'],
    ['2025-09-27T08:00:00', '2025-09-28 #11700 2025-09-28T17:00', 'a make-up Sunday'],
  ])('after %s of a daily agreement at 17:00 is %s: %s', (after, slot) => {
    expect(next([daily('SKIP', ['17:00'])], after)).toBe(slot);
  });

  test.each([
    ['2025-09-19T08:00:00', '2025-09-19 #10900 2025-09-19T09:00'],
    ['2025-09-19T09:00:00', '2025-09-19 #11200 2025-09-19T12:00'],
    ['2025-09-19T12:00:00', '2025-09-19 #11630 2025-09-19T16:30'],
    ['2025-09-19T16:30:00', '2025-09-20 #11200 2025-09-20T12:00'],
    ['2025-09-20T12:00:00', '2025-09-21 #11200 2025-09-21T12:00'],
    ['2025-09-21T12:00:00', '2025-09-22 #10900 2025-09-22T09:00'],
  ])('after %s of a pool at 9:00, 12:00 and 16:30, where noon runs on weekends too, is %s', (after, slot) => {
    expect(next([daily('SKIP', ['09:00', '16:30']), daily('RUN', ['12:00'])], after)).toBe(slot);
  });

  test('counts the runs by the times of all agreements, in force or not', () => {
    const expired = daily('SKIP', ['08:00'], { expiresOn: '2024-12-31' });
    expect(next([daily('SKIP', ['17:00']), expired], '2025-09-19T07:00:00')).toBe('2025-09-19 #11700 2025-09-19T17:00');
  });

  test.each<[string, Partial<Term>, string]>([
    ['takes effect later', { effectiveFrom: '2025-11-03' }, '2025-11-03 #11700 2025-11-03T17:00'],
    ['is paused', { pauses: [{ from: '2025-09-19', to: '2025-09-24' }] }, '2025-09-25 #11700 2025-09-25T17:00'],
    ['expires today', { expiresOn: '2025-09-19' }, '2025-09-19 #11700 2025-09-19T17:00'],
  ])('of an agreement that %s, %o, is %s', (_, term, slot) => {
    expect(next([daily('SKIP', ['17:00'], term)], '2025-09-19T08:00:00')).toBe(slot);
  });

  test.each<[string, ScheduledAgreement[]]>([
    ['a pool without agreements', []],
    ['agreements without a schedule', [{ term: always }]],
    ['an agreement that has expired', [daily('RUN', ['17:00'], { expiresOn: '2025-09-18' })]],
    [
      'a due day moved to a day on which the agreement no longer stands',
      [monthly(5, 'NEXT', { effectiveFrom: '2025-10-01', expiresOn: '2025-10-08' })],
    ],
  ])('of %s is none', (_, agreements) => {
    expect(next(agreements, '2025-09-19T08:00:00')).toBeUndefined();
  });

  test('of a due day that was moved is on the day it was moved to', () => {
    expect(next([monthly(5, 'NEXT')], '2025-09-19T08:00:00')).toBe('2025-10-09 #11700 2025-10-09T17:00');
    expect(next([monthly(5, 'PREVIOUS')], '2025-09-19T08:00:00')).toBe('2025-09-30 #11700 2025-09-30T17:00');
  });

  test('is looked for 400 days ahead and no further', () => {
    const starting = (effectiveFrom: string) => [daily('RUN', ['17:00'], { effectiveFrom })];
    // 2025 has 365 days: 400 days after 2025-01-01 is 2026-02-05.
    expect(next(starting('2026-02-05'), '2025-01-01T08:00:00')).toBe('2026-02-05 #11700 2026-02-05T17:00');
    expect(next(starting('2026-02-06'), '2025-01-01T08:00:00')).toBeUndefined();
  });

  test('is told on the clock of the zone, with its summer time', () => {
    const agreements = [daily('RUN', ['17:00'])];
    const at = (after: string) => nextSlot(agreements, china, new Date(after), 'America/New_York');
    expect(at('2026-03-07T22:00:00Z')).toEqual({
      businessDate: '2026-03-08',
      runNumber: 11_700,
      at: new Date('2026-03-08T21:00:00Z'),
    });
    expect(at('2026-03-07T21:59:59Z')).toEqual({
      businessDate: '2026-03-07',
      runNumber: 11_700,
      at: new Date('2026-03-07T22:00:00Z'),
    });
  });

  test('on the day clocks are put forward is the earlier instant, though the later time', () => {
    const agreements = [daily('RUN', ['02:30']), daily('RUN', ['03:00'])];
    const after = new Date('2026-03-29T00:00:00Z');
    expect(nextSlot(agreements, china, after, 'Europe/Berlin')).toEqual({
      businessDate: '2026-03-29',
      runNumber: 10_300,
      at: new Date('2026-03-29T01:00:00Z'),
    });
  });
});

describe('where the calendar is not published', () => {
  const fault = { fault: 'CALENDAR_NOT_PUBLISHED', date: '2027-01-01' };

  test('the next slot is not guessed', () => {
    expect(next([daily('SKIP', ['17:00'])], '2026-12-31T17:00:00')).toEqual(fault);
  });

  test('a slot that comes before the doubtful one is told, and one at the same time', () => {
    const pool = [daily('SKIP', ['17:00']), daily('RUN', ['09:00', '17:00'])];
    expect(next(pool, '2026-12-31T17:00:00')).toBe('2027-01-01 #10900 2027-01-01T09:00');
    expect(next(pool, '2027-01-01T09:00:00')).toBe('2027-01-01 #11700 2027-01-01T17:00');
    expect(next(pool.reverse(), '2027-01-01T09:00:00')).toBe('2027-01-01 #11700 2027-01-01T17:00');
  });

  test('a slot that comes after the doubtful one is not told', () => {
    const pool = [daily('SKIP', ['12:00']), daily('RUN', ['17:00'])];
    expect(next(pool, '2026-12-31T17:00:00')).toEqual(fault);
  });

  test('an agreement that does not stand raises no doubt', () => {
    const pool = [daily('SKIP', ['12:00'], { expiresOn: '2026-12-31' }), daily('RUN', ['17:00'])];
    expect(next(pool, '2026-12-31T17:00:00')).toBe('2027-01-01 #11700 2027-01-01T17:00');
  });
});

describe('the next slot of any pool', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2024-02-01', days));
  const term: fc.Arbitrary<Term> = fc.record({
    effectiveFrom: day,
    expiresOn: fc.option(day, { nil: undefined }),
    pauses: fc.array(
      fc.tuple(day, fc.integer({ min: 0, max: 60 })).map(([from, days]) => ({ from, to: addDays(from, days) })),
      { maxLength: 2 },
    ),
  });
  const agreement: fc.Arbitrary<ScheduledAgreement> = fc.record({
    schedule: fc.option(anySchedule('SKIP', 'NEXT', 'PREVIOUS', 'RUN'), { nil: undefined, freq: 5 }),
    term,
  });
  const minute = fc.integer({ min: 0, max: 600 * 24 * 60 }).map((minutes) => {
    return new Date(Date.parse('2024-02-01T00:00+08:00') + minutes * 60_000);
  });

  /** Goes through all slots of all days until one has an agreement that takes part, stands and is due. */
  function scan(agreements: ScheduledAgreement[], after: Date) {
    const times = [...new Set(agreements.flatMap(({ schedule }) => schedule?.times ?? []))].sort();
    const today = new Date(after.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    for (let date = today; date <= addDays(today, 400); date = addDays(date, 1)) {
      for (const time of times) {
        const at = inShanghai(`${date}T${time}`);
        const isDue = agreements.some(
          ({ schedule, term }) =>
            schedule?.times.includes(time) &&
            isInForce(term, date) === 'IN_FORCE' &&
            isDueOn(schedule, china, date) === 'DUE',
        );
        if (at > after && isDue) return { businessDate: date, runNumber: Number(`1${time.replace(':', '')}`), at };
      }
    }
    return undefined;
  }

  test('is the first that a scan of all slots finds', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(agreement, { maxLength: 5 }), minute, (agreements, after) => {
        const expected = scan(agreements, after);
        if (expected) found += 1;
        expect(nextSlot(agreements, china, after)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
