import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rememberingClock } from '../../../../functions/collection/routing/clock.ts';
import { railCalendars } from '../../../../functions/collection/routing/default-rails.ts';
import { nextOpening, rememberOpenings } from '../../../../functions/collection/routing/openings.ts';
import type { Hours } from '../../../../functions/collection/routing/rail.ts';
import { CalendarNotPublishedError } from '../../../../shared/calendar/calendar.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
import { instantOf, localMomentOf } from '../../../../shared/calendar/local-time.ts';
import { hvpsHours, inShanghai, railOf, sepaHours, shanghai, walkToSession } from './samples.ts';

const open = (hours: Hours, at: Date, zone = 'Asia/Shanghai') => nextOpening({ hours, zone }, at, railCalendars);

describe('HVPS', () => {
  test.each([
    ['2025-10-15 10:00', '2025-10-14 20:30', '2025-10-15', 'a Wednesday morning'],
    ['2025-10-15 17:15', '2025-10-14 20:30', '2025-10-15', 'the cut-off itself, still in time'],
    ['2025-10-15 17:16', '2025-10-15 20:30', '2025-10-16', 'a minute too late'],
    ['2025-10-15 20:29', '2025-10-15 20:30', '2025-10-16', 'a minute before the evening opening'],
    ['2025-10-15 20:30', '2025-10-15 20:30', '2025-10-16', 'the evening before, open for the next day'],
    ['2025-10-16 00:00', '2025-10-15 20:30', '2025-10-16', 'midnight of an open night'],
    ['2025-09-19 21:00', '2025-09-21 20:30', '2025-09-22', 'Friday night: the evening before a Saturday is no opening'],
    ['2025-09-21 20:30', '2025-09-21 20:30', '2025-09-22', 'Sunday evening'],
    ['2025-09-27 20:30', '2025-09-27 20:30', '2025-09-28', 'Saturday evening before a make-up Sunday'],
    ['2025-09-26 21:00', '2025-09-27 20:30', '2025-09-28', 'Friday night before a make-up Sunday'],
    ['2025-09-30 17:15', '2025-09-29 20:30', '2025-09-30', 'the last minute before the National Day holiday'],
    ['2025-09-30 20:30', '2025-10-08 20:30', '2025-10-09', 'the evening before the holiday'],
    ['2025-10-04 10:00', '2025-10-08 20:30', '2025-10-09', 'within it'],
    ['2025-10-10 20:30', '2025-10-10 20:30', '2025-10-11', 'Friday evening before a make-up Saturday'],
    ['2025-12-31 20:30', '2026-01-03 20:30', '2026-01-04', 'the turn of the year, to a make-up Sunday'],
    ['2026-02-14 17:15', '2026-02-13 20:30', '2026-02-14', 'the make-up Saturday before Spring Festival'],
    ['2026-02-14 17:16', '2026-02-23 20:30', '2026-02-24', 'nine days of Spring Festival'],
    ['2023-12-31 21:00', '2024-01-01 20:30', '2024-01-02', 'the evening before the calendar begins'],
    ['2026-12-31 17:15', '2026-12-30 20:30', '2026-12-31', 'the last minute of the calendar'],
  ])('at %s has the session from %s for %s: %s', (at, opens, businessDate) => {
    const opening = open(hvpsHours, shanghai(at));
    expect([inShanghai(opening.opens), opening.businessDate]).toEqual([opens, businessDate]);
    expect(opening.closes && inShanghai(opening.closes)).toBe(`${businessDate} 17:15`);
  });

  test('a millisecond after the cut-off is too late', () => {
    const late = new Date(shanghai('2025-10-15 17:15').getTime() + 1);
    expect(open(hvpsHours, late).businessDate).toBe('2025-10-16');
  });

  test.each([
    ['2026-12-31 17:16', '2027-01-01'],
    ['2027-03-01 10:00', '2027-03-01'],
    ['2023-12-31 10:00', '2023-12-31'],
  ])('at %s does not guess about %s', (at, date) => {
    expect(() => open(hvpsHours, shanghai(at))).toThrow(
      expect.objectContaining({ code: 'CALENDAR_NOT_PUBLISHED', calendar: 'CN_STATE_COUNCIL', date }),
    );
  });

  test('is not asked about a calendar that there is not', () => {
    expect(() => open({ ...hvpsHours, calendar: 'LUNAR' }, shanghai('2025-10-15 10:00'))).toThrow(RangeError);
  });
});

describe('a session on the day itself', () => {
  const day: Hours = { ...hvpsHours, opensOn: 'SAME_DAY', opens: '08:30', closes: '17:00' };

  test.each([
    ['2025-10-15 08:29', '2025-10-15 08:30', '2025-10-15'],
    ['2025-10-15 17:00', '2025-10-15 08:30', '2025-10-15'],
    ['2025-10-15 17:01', '2025-10-16 08:30', '2025-10-16'],
    ['2025-10-17 18:00', '2025-10-20 08:30', '2025-10-20'],
  ])('at %s is the one from %s', (at, opens, businessDate) => {
    const opening = open(day, shanghai(at));
    expect([inShanghai(opening.opens), opening.businessDate]).toEqual([opens, businessDate]);
  });
});

describe('a file by cut-offs in Berlin', () => {
  const berlin = (at: string) => open(sepaHours, new Date(at), 'Europe/Berlin');

  test.each([
    ['2026-03-02T09:00:00+01:00', '2026-03-02T10:00:00+01:00', '2026-03-03', 'a Monday morning'],
    ['2026-03-02T10:00:00+01:00', '2026-03-02T10:00:00+01:00', '2026-03-03', 'the cut-off itself'],
    ['2026-03-02T10:00:01+01:00', '2026-03-02T16:00:00+01:00', '2026-03-03', 'a second later: the next file'],
    ['2026-03-02T16:01:00+01:00', '2026-03-03T10:00:00+01:00', '2026-03-04', 'after the last file'],
    ['2026-03-06T12:00:00+01:00', '2026-03-06T16:00:00+01:00', '2026-03-09', 'Friday: settles on Monday'],
    ['2026-03-27T17:00:00+01:00', '2026-03-30T10:00:00+02:00', '2026-03-31', 'over the change to summer time'],
    ['2026-04-02T17:00:00+02:00', '2026-04-07T10:00:00+02:00', '2026-04-08', 'Maundy Thursday: over Easter'],
    ['2026-04-02T12:00:00+02:00', '2026-04-02T16:00:00+02:00', '2026-04-07', 'the last file before Easter'],
    ['2026-12-24T16:30:00+01:00', '2026-12-28T10:00:00+01:00', '2026-12-29', 'Christmas'],
    ['2025-10-03T12:00:00+02:00', '2025-10-03T16:00:00+02:00', '2025-10-06', 'a holiday in Germany, not of TARGET'],
  ])('at %s leaves at %s for %s: %s', (at, leaves, businessDate) => {
    const opening = berlin(at);
    expect(opening.opens).toEqual(new Date(leaves));
    expect(opening.closes).toEqual(new Date(leaves));
    expect(opening.businessDate).toBe(businessDate);
  });

  test('settles on the clock of its zone', () => {
    expect(berlin('2026-03-27T12:00:00+01:00').settlesFrom).toEqual(new Date('2026-03-30T09:00:00+02:00'));
  });

  test('is not promised where its business date is not published', () => {
    expect(berlin('2030-12-30T12:00:00+01:00').businessDate).toBe('2030-12-31');
    expect(() => berlin('2030-12-31T12:00:00+01:00')).toThrow(CalendarNotPublishedError);
  });
});

describe('a rail that is always open', () => {
  test.each([
    ['2025-10-04 10:00', '2025-10-04'],
    ['2025-10-04 23:59', '2025-10-04'],
    ['2025-10-05 00:00', '2025-10-05'],
    ['2031-05-01 12:00', '2031-05-01'],
  ])('at %s takes items for %s, whatever calendars say', (at, businessDate) => {
    expect(open({ type: 'ALWAYS' }, shanghai(at))).toEqual({
      opens: shanghai(at),
      businessDate,
      settlesFrom: shanghai(at),
    });
  });
});

describe('openings', () => {
  const minute = fc
    .integer({
      min: shanghai('2024-01-02 00:00').getTime() / 60_000,
      max: shanghai('2026-12-30 00:00').getTime() / 60_000,
    })
    .map((minutes) => new Date(minutes * 60_000));
  const time = fc.integer({ min: 0, max: 1439 }).map(clock);
  const sessions = fc
    .tuple(time, time, fc.constantFrom('DAY_BEFORE', 'SAME_DAY'))
    .filter(([one, other]) => one !== other)
    .map(([one, other, opensOn]) => {
      const [early, late] = one < other ? [one, other] : [other, one];
      const [opens, closes] = opensOn === 'DAY_BEFORE' ? [late, early] : [early, late];
      return { ...hvpsHours, opensOn, opens, closes } as const;
    });

  test('of sessions are those that a walk minute by minute meets first', () => {
    fc.assert(
      fc.property(minute, sessions, (at, hours) => {
        const walked = walkToSession(at, hours);
        const { opens, businessDate } = open(hours, at);
        expect([new Date(Math.max(opens.getTime(), at.getTime())), businessDate]).toEqual(walked);
      }),
      { numRuns: 300 },
    );
  });

  test('of files are the first cut-offs that a walk minute by minute meets', () => {
    const cutOffs = fc.uniqueArray(time, { minLength: 1, maxLength: 4 }).map((times) => times.sort());
    fc.assert(
      fc.property(minute, cutOffs, (at, times) => {
        const hours = { ...sepaHours, calendar: 'CN_STATE_COUNCIL', cutOffs: times, leadDays: 0 };
        expect(open(hours, at).opens).toEqual(walkToCutOff(at, times));
      }),
      { numRuns: 300 },
    );
  });

  test('that are remembered are the same, in whatever order they are asked for', () => {
    const rails = [railOf('hvps', { hours: hvpsHours }), railOf('file', { hours: sepaHours, zone: 'Europe/Berlin' })];
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 20 }), (instants) => {
        const openingOf = rememberOpenings(railCalendars, rememberingClock());
        for (const at of instants) {
          for (const later of [0, 60_000, 3_600_000]) {
            const then = new Date(at.getTime() + later);
            for (const rail of rails) {
              const { opens, closes, businessDate } = openingOf(rail, then);
              const fresh = nextOpening(rail, then, railCalendars);
              expect({ opens, closes, businessDate }).toEqual({
                opens: fresh.opens,
                closes: fresh.closes,
                businessDate: fresh.businessDate,
              });
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a clock that remembers', () => {
  const minuteOf35Years = fc
    .integer({ min: Date.parse('2000-01-01T00:00Z') / 60_000, max: Date.parse('2035-01-01T00:00Z') / 60_000 })
    .map((minutes) => new Date(minutes * 60_000));

  test('tells days and instants as zones do, the first time and again', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu'];
    fc.assert(
      fc.property(fc.array(minuteOf35Years, { maxLength: 10 }), fc.constantFrom(...zones), (instants, zone) => {
        const clock = rememberingClock();
        for (const at of [...instants, ...instants]) {
          const { date, time } = localMomentOf(at, zone);
          expect(clock.dayOf(at, zone)).toBe(date);
          expect(clock.instantOf(date, time, zone)).toEqual(instantOf(date, time, zone));
        }
      }),
      { numRuns: 100 },
    );
  });
});

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function walkToCutOff(from: Date, cutOffs: readonly string[]): Date {
  for (let at = from; ; at = new Date(at.getTime() + 60_000)) {
    const [date = '', time = ''] = inShanghai(at).split(' ');
    if (cutOffs.includes(time) && chinaStateCouncil.isWorkingDay(date)) return at;
  }
}
