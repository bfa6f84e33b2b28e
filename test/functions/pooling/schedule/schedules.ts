import fc from 'fast-check';
import type { Frequency, HolidayMode, Schedule } from '../../../../functions/pooling/schedule/schedule.ts';

/** Schedules by chance, and their nominal days worked out another way than the system does: by walking periods. */

const day = fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 });

const frequency: fc.Arbitrary<Frequency> = fc.oneof(
  fc.constant<Frequency>({ frequency: 'DAILY' }),
  fc.record({
    frequency: fc.constant('WEEKLY' as const),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    frequency: fc.constantFrom('TEN_DAYS' as const, 'MONTHLY' as const, 'QUARTERLY' as const),
    on: fc.oneof(
      fc.constantFrom('PERIOD_BEGIN' as const, 'PERIOD_END' as const),
      day.map((days) => ({ days })),
    ),
  }),
);

const times = fc
  .uniqueArray(fc.constantFrom('00:00', '09:00', '12:00', '16:30', '23:59'), { minLength: 1, maxLength: 2 })
  .map((list) => [...list].sort());

export function anySchedule(...modes: [HolidayMode, ...HolidayMode[]]): fc.Arbitrary<Schedule> {
  return fc
    .tuple(frequency, times, fc.constantFrom(...modes))
    .map(([words, at, holiday]) => ({ ...words, times: at, holiday }));
}

/** Nominal days from the beginning of 2023 to the end of 2027, ascending and distinct. */
export function nominalDays(words: Frequency): string[] {
  const days = new Set<string>();
  for (const date = new Date('2023-01-01'); date < new Date('2028-01-01'); date.setUTCDate(date.getUTCDate() + 1)) {
    const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
    if (words.frequency === 'DAILY') days.add(isoDay(date));
    if (words.frequency === 'WEEKLY' && words.weekdays.includes(weekday)) days.add(isoDay(date));
  }
  if (!('on' in words)) return [...days];
  for (let month = 0; month < 60; month += words.frequency === 'QUARTERLY' ? 3 : 1) {
    const lastMonth = words.frequency === 'QUARTERLY' ? month + 2 : month;
    const isTenDays = words.frequency === 'TEN_DAYS';
    if (words.on === 'PERIOD_BEGIN') {
      for (const first of isTenDays ? [1, 11, 21] : [1]) days.add(dayOf(month, first));
    } else if (words.on === 'PERIOD_END') {
      // Day 0 of a month is the last of the one before.
      for (const last of isTenDays ? [10, 20] : []) days.add(dayOf(month, last));
      days.add(dayOf(lastMonth + 1, 0));
    } else {
      for (const fixed of words.on.days) {
        const isBeyond = dayOf(lastMonth, fixed) > dayOf(lastMonth + 1, 0);
        days.add(isBeyond ? dayOf(lastMonth + 1, 0) : dayOf(lastMonth, fixed));
      }
    }
  }
  return [...days].sort();
}

function dayOf(monthsSince2023: number, day: number): string {
  return isoDay(new Date(Date.UTC(2023, monthsSince2023, day)));
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
