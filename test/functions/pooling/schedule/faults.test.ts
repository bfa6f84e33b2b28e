import { describe, expect, test } from 'vitest';
import { limitPeriodFaults, scheduleFaults, termFaults } from '../../../../functions/pooling/schedule/faults.ts';
import type { Schedule, Term } from '../../../../functions/pooling/schedule/schedule.ts';

const pathsIn = (faults: { path: readonly (string | number)[] }[]) => faults.map(({ path }) => path.join('.'));
const daily = (...times: string[]): Schedule => ({ frequency: 'DAILY', times, holiday: 'SKIP' });
const weekly = (...weekdays: number[]): Schedule => ({ ...daily('09:00'), frequency: 'WEEKLY', weekdays });
const monthly = (...days: number[]): Schedule => ({ ...daily('09:00'), frequency: 'MONTHLY', on: { days } });

describe('a schedule', () => {
  test.each<[string, Schedule]>([
    ['daily at one time', daily('00:00')],
    ['daily at two times', daily('09:00', '23:59')],
    ['on all days of the week', weekly(1, 2, 3, 4, 5, 6, 7)],
    ['on weekdays in any order', weekly(5, 1)],
    ['on fixed days', monthly(1, 15, 31)],
    ['at the end of quarters', { ...daily('16:30'), frequency: 'QUARTERLY', on: 'PERIOD_END' }],
  ])('%s is without fault', (_, schedule) => {
    expect(scheduleFaults(schedule)).toEqual([]);
  });

  test.each<[string, Schedule, string[]]>([
    ['no weekday', weekly(), ['weekdays']],
    ['a weekday 0, an eighth and half a one', weekly(0, 8, 1.5), ['weekdays.0', 'weekdays.1', 'weekdays.2']],
    ['a weekday twice', weekly(1, 3, 1), ['weekdays.2']],
    ['no day', monthly(), ['on.days']],
    ['days 0 and 32', monthly(0, 15, 32), ['on.days.0', 'on.days.2']],
    ['a day twice', monthly(15, 15), ['on.days.1']],
    ['no time', daily(), ['times']],
    ['three times', daily('09:00', '12:00', '15:00'), ['times']],
    ['times that are none', daily('9:00', '24:00'), ['times.0', 'times.1']],
    ['a time with seconds', daily('09:00:00'), ['times.0']],
    ['times that descend', daily('15:00', '09:00'), ['times.1']],
    ['the same time twice', daily('09:00', '09:00'), ['times.1']],
    ['faults in days and times', { ...weekly(9), times: ['noon'] }, ['weekdays.0', 'times.0']],
  ])('with %s is told where', (_, schedule, paths) => {
    expect(pathsIn(scheduleFaults(schedule))).toEqual(paths);
  });

  test('is told what to send instead', () => {
    expect(scheduleFaults(daily('15:00', '09:00'))).toEqual([
      { path: ['times', 1], detail: 'Send a time after 15:00; times ascend.' },
    ]);
  });
});

describe('a term', () => {
  const term: Term = { effectiveFrom: '2025-03-01', pauses: [] };

  test.each<[string, Partial<Term>]>([
    ['without an end', {}],
    ['of one day', { expiresOn: '2025-03-01' }],
    ['with a pause of one day', { pauses: [{ from: '2025-05-01', to: '2025-05-01' }] }],
    ['with as many pauses as there may be', { pauses: Array(50).fill({ from: '2025-05-01', to: '2025-05-05' }) }],
    ['in years for which no calendar is published', { effectiveFrom: '2031-01-01', expiresOn: '2039-12-31' }],
  ])('%s is without fault', (_, change) => {
    expect(termFaults({ ...term, ...change })).toEqual([]);
  });

  test.each<[string, Partial<Term>, string[]]>([
    ['that expires before it takes effect', { expiresOn: '2025-02-28' }, ['expiresOn']],
    [
      'with a pause inside out',
      {
        pauses: [
          { from: '2025-05-01', to: '2025-05-05' },
          { from: '2025-10-08', to: '2025-10-01' },
        ],
      },
      ['pauses.1.to'],
    ],
    ['with too many pauses', { pauses: Array(51).fill({ from: '2025-05-01', to: '2025-05-05' }) }, ['pauses']],
  ])('%s is told where', (_, change, paths) => {
    expect(pathsIn(termFaults({ ...term, ...change }))).toEqual(paths);
  });
});

describe('the period of a limit', () => {
  test('may be a range of one day, and not inside out', () => {
    expect(limitPeriodFaults({ period: 'RANGE', from: '2025-05-01', to: '2025-05-01' })).toEqual([]);
    expect(pathsIn(limitPeriodFaults({ period: 'RANGE', from: '2025-05-02', to: '2025-05-01' }))).toEqual(['to']);
    expect(limitPeriodFaults({ period: 'TEN_DAYS' })).toEqual([]);
  });
});
