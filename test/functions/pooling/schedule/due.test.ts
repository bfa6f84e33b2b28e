import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDueOn, rememberDue } from '../../../../functions/pooling/schedule/due.ts';
import type { Frequency, HolidayMode, Schedule } from '../../../../functions/pooling/schedule/schedule.ts';
import { buildCalendar } from '../../../../shared/calendar/calendar.ts';
import { chinaStateCouncil as china } from '../../../../shared/calendar/china-state-council.ts';
import { addDays, daysBetween, InvalidDateError } from '../../../../shared/calendar/plain-date.ts';
import { nextWorkingDay, previousWorkingDay } from '../../../../shared/calendar/working-days.ts';
import { anySchedule, nominalDays } from './schedules.ts';

const schedule = (words: Frequency, holiday: HolidayMode): Schedule => ({ ...words, times: ['17:00'], holiday });
const fixed = (...days: number[]): Frequency => ({ frequency: 'MONTHLY', on: { days } });
const daily: Frequency = { frequency: 'DAILY' };

function dueDays(words: Frequency, holiday: HolidayMode, from: string, to: string): string[] {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
  return days.filter((day) => isDueOn(schedule(words, holiday), china, day) === 'DUE');
}

describe('a daily agreement', () => {
  test.each([
    ['2025-09-28', 'DUE', 'a make-up Sunday'],
    ['2025-09-30', 'DUE', 'the last working day before National Day'],
    ['2025-10-01', 'HOLIDAY', 'National Day'],
    ['2025-10-08', 'HOLIDAY', 'the eighth day off'],
    ['2025-10-09', 'DUE', 'the first working day'],
    ['2025-09-20', 'HOLIDAY', 'a plain Saturday'],
  ])('that skips days off is on %s %s: %s', (date, due) => {
    expect(isDueOn(schedule(daily, 'SKIP'), china, date)).toBe(due);
  });

  test('that moves days off comes to working days only, once each', () => {
    const working = ['2025-09-28', '2025-09-29', '2025-09-30', '2025-10-09', '2025-10-10', '2025-10-11'];
    for (const mode of ['SKIP', 'NEXT', 'PREVIOUS'] as const) {
      expect(dueDays(daily, mode, '2025-09-27', '2025-10-12')).toEqual(working);
    }
  });

  test('that runs all the same is due on National Day', () => {
    expect(isDueOn(schedule(daily, 'RUN'), china, '2025-10-01')).toBe('DUE');
  });
});

describe('a monthly agreement on day 5', () => {
  test('under NEXT comes after weekends and holidays', () => {
    expect(dueDays(fixed(5), 'NEXT', '2025-01-01', '2025-12-31')).toEqual([
      '2025-01-06',
      '2025-02-05',
      '2025-03-05',
      '2025-04-07',
      '2025-05-06',
      '2025-06-05',
      '2025-07-07',
      '2025-08-05',
      '2025-09-05',
      '2025-10-09',
      '2025-11-05',
      '2025-12-05',
    ]);
  });

  test('under PREVIOUS comes before them, in the month before if need be', () => {
    expect(dueDays(fixed(5), 'PREVIOUS', '2025-01-01', '2025-12-31')).toEqual([
      '2025-01-03',
      '2025-02-05',
      '2025-03-05',
      '2025-04-03',
      '2025-04-30',
      '2025-06-05',
      '2025-07-04',
      '2025-08-05',
      '2025-09-05',
      '2025-09-30',
      '2025-11-05',
      '2025-12-05',
    ]);
  });

  test.each<[HolidayMode, string]>([
    ['SKIP', 'HOLIDAY'],
    ['NEXT', 'HOLIDAY'],
    ['PREVIOUS', 'HOLIDAY'],
    ['RUN', 'DUE'],
  ])('under %s is on 2025-10-05 itself %s', (mode, due) => {
    expect(isDueOn(schedule(fixed(5), mode), china, '2025-10-05')).toBe(due);
  });

  test('is on a day off that is not day 5 not due, rather than kept from it', () => {
    expect(isDueOn(schedule(fixed(5), 'NEXT'), china, '2025-10-06')).toBe('NOT_DUE');
  });

  test('and others that fall into the same holiday are one after it, with the one that is due there anyway', () => {
    expect(dueDays(fixed(1, 5, 9), 'NEXT', '2025-10-01', '2025-10-31')).toEqual(['2025-10-09']);
  });
});

describe('the days of a period', () => {
  test.each<[string, Frequency, string, string[]]>([
    ['weekly on Fridays', { frequency: 'WEEKLY', weekdays: [5] }, '2025-10', ['03', '10', '17', '24', '31']],
    ['weekly on Sundays', { frequency: 'WEEKLY', weekdays: [7] }, '2026-02', ['01', '08', '15', '22']],
    ['a 旬 from its beginning', { frequency: 'TEN_DAYS', on: 'PERIOD_BEGIN' }, '2025-02', ['01', '11', '21']],
    ['a 旬 to its end in February', { frequency: 'TEN_DAYS', on: 'PERIOD_END' }, '2025-02', ['10', '20', '28']],
    ['a 旬 to its end in March', { frequency: 'TEN_DAYS', on: 'PERIOD_END' }, '2025-03', ['10', '20', '31']],
    ['a 旬 on fixed days', { frequency: 'TEN_DAYS', on: { days: [5, 15, 25] } }, '2025-03', ['05', '15', '25']],
    ['a month from its beginning', { frequency: 'MONTHLY', on: 'PERIOD_BEGIN' }, '2025-03', ['01']],
    ['a month to its end in February', { frequency: 'MONTHLY', on: 'PERIOD_END' }, '2025-02', ['28']],
    ['a month to its end in 2100, no leap year', { frequency: 'MONTHLY', on: 'PERIOD_END' }, '2100-02', ['28']],
    ['a month to its end in a leap year', { frequency: 'MONTHLY', on: 'PERIOD_END' }, '2024-02', ['29']],
    ['days beyond the end of February', fixed(28, 29, 30, 31), '2025-02', ['28']],
    ['day 31 in April', fixed(31), '2025-04', ['30']],
    ['a quarter from its beginning', { frequency: 'QUARTERLY', on: 'PERIOD_BEGIN' }, '2025-10', ['01']],
    ['a quarter in its second month', { frequency: 'QUARTERLY', on: 'PERIOD_BEGIN' }, '2025-11', []],
    ['a quarter to its end', { frequency: 'QUARTERLY', on: 'PERIOD_END' }, '2025-12', ['31']],
    ['a quarter not yet at its end', { frequency: 'QUARTERLY', on: 'PERIOD_END' }, '2025-11', []],
    ['a quarter on day 15', { frequency: 'QUARTERLY', on: { days: [15] } }, '2025-09', ['15']],
    ['a quarter on day 15 in its first month', { frequency: 'QUARTERLY', on: { days: [15] } }, '2025-07', []],
    ['a quarter on day 31', { frequency: 'QUARTERLY', on: { days: [31] } }, '2025-06', ['30']],
  ])('%s, %o in %s', (_, words, month, days) => {
    const last = addDays(addDays(`${month}-28`, 4).slice(0, 8).concat('01'), -1);
    expect(dueDays(words, 'RUN', `${month}-01`, last)).toEqual(days.map((day) => `${month}-${day}`));
  });

  test.each<[Frequency, HolidayMode, string, string]>([
    // Saturday 2026-02-28 is a make-up day.
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'NEXT', '2026-02-28', 'DUE'],
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'NEXT', '2026-03-02', 'NOT_DUE'],
    // Saturday 2026-01-31 is none.
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'SKIP', '2026-01-31', 'HOLIDAY'],
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'NEXT', '2026-02-02', 'DUE'],
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'PREVIOUS', '2026-01-30', 'DUE'],
    [{ frequency: 'QUARTERLY', on: 'PERIOD_END' }, 'SKIP', '2025-12-31', 'DUE'],
    [{ frequency: 'QUARTERLY', on: 'PERIOD_BEGIN' }, 'NEXT', '2025-10-09', 'DUE'],
    [{ frequency: 'QUARTERLY', on: 'PERIOD_BEGIN' }, 'PREVIOUS', '2025-09-30', 'DUE'],
    [{ frequency: 'TEN_DAYS', on: 'PERIOD_BEGIN' }, 'SKIP', '2025-10-11', 'DUE'],
  ])('%o under %s is on %s %s', (words, mode, date, due) => {
    expect(isDueOn(schedule(words, mode), china, date)).toBe(due);
  });
});

describe('beyond what the calendar covers', () => {
  const unpublished = (date: string) => expect.objectContaining({ code: 'CALENDAR_NOT_PUBLISHED', date });

  test.each<[Frequency, HolidayMode, string, string, string]>([
    [daily, 'SKIP', '2027-01-04', '2027-01-04', 'a due day may be off'],
    [daily, 'NEXT', '2027-01-04', '2027-01-04', 'and with it moved'],
    [fixed(2), 'NEXT', '2027-01-04', '2027-01-04', 'Saturday the 2nd may be moved to Monday'],
    [fixed(1), 'PREVIOUS', '2026-12-31', '2027-01-01', 'the 1st may be moved back over the turn of the year'],
    [fixed(14), 'PREVIOUS', '2026-12-31', '2027-01-01', 'and so may the last of fourteen days'],
    [{ frequency: 'MONTHLY', on: 'PERIOD_END' }, 'NEXT', '2024-01-02', '2023-12-31', 'before it begins, likewise'],
  ])('%o under %s is not answered for %s, for want of %s: %s', (words, mode, date, wanted) => {
    expect(() => isDueOn(schedule(words, mode), china, date)).toThrow(unpublished(wanted));
  });

  test.each<[Frequency, HolidayMode, string, string, string]>([
    [daily, 'RUN', '2027-01-04', 'DUE', 'days off do not matter'],
    [fixed(15), 'SKIP', '2027-01-04', 'NOT_DUE', 'no due day, off or not'],
    [fixed(31), 'NEXT', '2027-01-04', 'NOT_DUE', '2026-12-31 is a working day and kept its due day'],
    [fixed(15), 'PREVIOUS', '2026-12-31', 'NOT_DUE', 'no holiday lasts from the 1st to the 15th'],
    [{ frequency: 'QUARTERLY', on: 'PERIOD_END' }, 'PREVIOUS', '2026-12-31', 'DUE', 'its own day is covered'],
    [{ frequency: 'QUARTERLY', on: { days: [5] } }, 'PREVIOUS', '2026-12-31', 'NOT_DUE', 'the next is in March'],
    [{ frequency: 'QUARTERLY', on: 'PERIOD_BEGIN' }, 'NEXT', '2027-02-26', 'NOT_DUE', 'the last is long past'],
  ])('%o under %s is for %s still %s: %s', (words, mode, date, due) => {
    expect(isDueOn(schedule(words, mode), china, date)).toBe(due);
  });

  test('a closure that was published is followed however long it is', () => {
    const closed = buildCalendar({
      name: 'CLOSED_IN_APRIL',
      source: 'made for this test',
      coverage: { from: '2026-03-01', to: '2026-05-31' },
      weekend: [6, 7],
      offDays: [['2026-04-01', '2026-04-30']],
      makeUpWorkdays: [],
    });
    expect(isDueOn(schedule(fixed(3), 'NEXT'), closed, '2026-05-01')).toBe('DUE');
    expect(isDueOn(schedule(fixed(28), 'PREVIOUS'), closed, '2026-03-31')).toBe('DUE');
  });

  test('a day that does not exist is due for nobody', () => {
    for (const words of [daily, fixed(5), { frequency: 'WEEKLY', weekdays: [1] } as const]) {
      expect(() => isDueOn(schedule(words, 'RUN'), china, '2026-02-29')).toThrow(InvalidDateError);
    }
  });
});

describe('every schedule', () => {
  const [from, to] = ['2024-02-01', '2026-11-30'];
  const landing: Record<HolidayMode, (day: string) => string[]> = {
    SKIP: () => [],
    NEXT: (day) => [nextWorkingDay(china, day)],
    PREVIOUS: (day) => [previousWorkingDay(china, day)],
    RUN: (day) => [day],
  };

  test('is due where its nominal days come to lie, none lost but by falling together, and nowhere else', () => {
    fc.assert(
      fc.property(anySchedule('SKIP', 'NEXT', 'PREVIOUS', 'RUN'), (any) => {
        const covered = nominalDays(any).filter((day) => day >= '2024-01-05' && day <= '2026-12-25');
        const days = covered.flatMap((day) => (china.isWorkingDay(day) ? [day] : landing[any.holiday](day)));
        const expected = [...new Set(days)].filter((day) => day >= from && day <= to).sort();
        expect(dueDays(any, any.holiday, from, to)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('but those that run all the same is due on working days only', () => {
    fc.assert(
      fc.property(anySchedule('SKIP', 'NEXT', 'PREVIOUS'), (any) => {
        expect(dueDays(any, any.holiday, from, to).filter((day) => !china.isWorkingDay(day))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('is remembered as it is worked out, also where others differ by the mode or the days only', () => {
    const date = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2024-02-01', days));
    const many = fc.array(anySchedule('SKIP', 'NEXT', 'PREVIOUS', 'RUN'), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(many, date, (schedules, day) => {
        const dueOn = rememberDue(china);
        const all = schedules.flatMap((any) => [any, { ...any }, { ...any, holiday: 'SKIP' as const }]);
        for (const each of all) expect(dueOn(each, day)).toBe(isDueOn(each, china, day));
        expect(all.map((each) => dueOn(each, day))).toEqual(all.map((each) => isDueOn(each, china, day)));
      }),
    );
  });
});
