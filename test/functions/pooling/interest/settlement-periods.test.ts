import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextSettlement,
  type SettlementFrequency,
  settlementFrequencies,
} from '../../../../functions/pooling/interest/settlement-periods.ts';
import { addDays, daysBetween } from '../../../../shared/calendar/plain-date.ts';

const on = (frequency: SettlementFrequency, day: number, from = '2026-03-21', time = '09:00') => ({
  frequency,
  day,
  from,
  time,
});

/** The first periods, as 'from to' with `to` not counted. */
function periodsOf(settlementDay: ReturnType<typeof on>, count: number): string[] {
  const found: string[] = [];
  for (let last: string | undefined; found.length < count; ) {
    const { from, to } = nextSettlement(settlementDay, last);
    found.push(`${from} ${to}`);
    last = to;
  }
  return found;
}

describe('a settlement day (结息日)', () => {
  it('of quarters on the 20th is posted on the 21st, working day or not', () => {
    // 21 June 2026 is a Sunday.
    expect(nextSettlement(on('QUARTERLY', 20))).toEqual({
      from: '2026-03-21',
      to: '2026-06-21',
      at: '2026-06-21T01:00:00.000Z',
    });
    expect(periodsOf(on('QUARTERLY', 20), 4)).toEqual([
      '2026-03-21 2026-06-21',
      '2026-06-21 2026-09-21',
      '2026-09-21 2026-12-21',
      '2026-12-21 2027-03-21',
    ]);
  });

  it('has its time on the clock of Shanghai', () => {
    expect(nextSettlement(on('MONTHLY', 31, '2026-12-01', '00:30')).at).toBe('2026-12-31T16:30:00.000Z');
  });

  it('beyond the end of a month is its last day', () => {
    expect(periodsOf(on('MONTHLY', 31, '2028-01-01'), 4)).toEqual([
      '2028-01-01 2028-02-01',
      '2028-02-01 2028-03-01',
      '2028-03-01 2028-04-01',
      '2028-04-01 2028-05-01',
    ]);
    expect(periodsOf(on('MONTHLY', 29, '2027-01-30'), 2)).toEqual(['2027-01-30 2027-03-01', '2027-03-01 2027-03-30']);
  });

  it('of half years lies in June and December, of years in December', () => {
    expect(periodsOf(on('HALF_YEARLY', 30, '2026-01-01'), 3)).toEqual([
      '2026-01-01 2026-07-01',
      '2026-07-01 2026-12-31',
      '2026-12-31 2027-07-01',
    ]);
    expect(periodsOf(on('YEARLY', 20, '2026-12-20'), 2)).toEqual(['2026-12-20 2026-12-21', '2026-12-21 2027-12-21']);
  });

  it('that is the first day ends a period of one day', () => {
    expect(periodsOf(on('QUARTERLY', 20, '2026-06-20'), 1)).toEqual(['2026-06-20 2026-06-21']);
  });

  it('ends the period that begins where the last one ended, wherever that was', () => {
    expect(nextSettlement(on('QUARTERLY', 20), '2026-06-15')).toMatchObject({ from: '2026-06-15', to: '2026-06-21' });
    expect(nextSettlement(on('QUARTERLY', 20), '2026-06-25')).toMatchObject({ from: '2026-06-25', to: '2026-09-21' });
  });

  const monthsOf = { MONTHLY: /-(\d\d)-/, QUARTERLY: /-(03|06|09|12)-/, HALF_YEARLY: /-(06|12)-/, YEARLY: /-12-/ };

  /** By the words of the agreement alone. */
  function isSettlementDay(date: string, frequency: SettlementFrequency, day: number): boolean {
    const isLast = addDays(date, 1).slice(8) === '01';
    const own = Number(date.slice(8));
    return monthsOf[frequency].test(date) && (own === day || (isLast && own < day));
  }

  it('cuts time into periods without gap or overlap, each with one settlement day: its last', () => {
    const any = fc.record({
      frequency: fc.constantFrom(...settlementFrequencies),
      day: fc.integer({ min: 1, max: 31 }),
      from: fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2022-01-01', days)),
    });
    fc.assert(
      fc.property(any, ({ frequency, day, from }) => {
        let begins = from;
        for (let count = 0; count < 4; count++) {
          const period = nextSettlement(on(frequency, day, from), count === 0 ? undefined : begins);
          expect(period.from).toBe(begins);
          const days = Array.from({ length: daysBetween(begins, period.to) }, (_, index) => addDays(begins, index));
          expect(days.length).toBeGreaterThan(0);
          expect(days.length).toBeLessThanOrEqual(366);
          expect(days.filter((date) => isSettlementDay(date, frequency, day))).toEqual([days.at(-1)]);
          begins = period.to;
        }
      }),
    );
  });
});
