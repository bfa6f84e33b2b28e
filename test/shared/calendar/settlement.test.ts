import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import { chinaStateCouncil as china } from '../../../shared/calendar/china-state-council.ts';
import { addDays, daysBetween } from '../../../shared/calendar/plain-date.ts';
import { parseSettlementTerm, settlementDate, tradeDateOf } from '../../../shared/calendar/settlement.ts';
import {
  addNaturalDays,
  addWorkingDays,
  nextWorkingDay,
  previousWorkingDay,
} from '../../../shared/calendar/working-days.ts';

const inShanghai = (local: string) => new Date(`${local}+08:00`);

describe('T+N', () => {
  test.each([
    ['2025-09-18', 1, '2025-09-19', 'Thursday to Friday'],
    ['2025-09-19', 1, '2025-09-22', 'over a plain weekend'],
    ['2025-09-20', 1, '2025-09-22', 'from a Saturday: the first day counted is Monday'],
    ['2025-09-26', 1, '2025-09-28', 'a make-up Sunday counts'],
    ['2025-09-30', 1, '2025-10-09', 'over the eight days of National Day and Mid-Autumn'],
    ['2025-09-30', 3, '2025-10-11', 'and a make-up Saturday counts'],
    ['2026-02-13', 1, '2026-02-14', 'the make-up Saturday before Spring Festival'],
    ['2026-02-14', 1, '2026-02-24', 'over Spring Festival'],
    ['2026-02-17', 2, '2026-02-25', 'from within it'],
    ['2025-09-19', 0, '2025-09-19', 'T+0 on a working day is that day'],
    ['2025-09-20', 0, '2025-09-22', 'T+0 on a day off is the next working day'],
    ['2025-09-22', -1, '2025-09-19', 'backwards'],
  ])('%s T%+d is %s: %s', (from, count, to) => {
    expect(addWorkingDays(china, from, count)).toBe(to);
  });

  test('is not answered beyond what is published', () => {
    expect(addWorkingDays(china, '2026-12-30', 1)).toBe('2026-12-31');
    expect(() => addWorkingDays(china, '2026-12-31', 1)).toThrow(CalendarNotPublishedError);
    expect(() => addWorkingDays(china, '2027-01-04', 0)).toThrow(CalendarNotPublishedError);
    expect(() => previousWorkingDay(china, '2024-01-02')).toThrow(CalendarNotPublishedError);
  });

  const covered = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2024-01-02', days));

  test('ends on a working day with N working days counted', () => {
    fc.assert(
      fc.property(covered, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const to = addWorkingDays(china, from, count);
        const days = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1));
        expect(china.isWorkingDay(to)).toBe(true);
        expect(days.filter((day) => china.isWorkingDay(day))).toHaveLength(count);
      }),
    );
  });

  test('the working day before the next working day is the date itself, if it is one', () => {
    fc.assert(
      fc.property(covered, (from) => {
        fc.pre(china.isWorkingDay(from));
        expect(previousWorkingDay(china, nextWorkingDay(china, from))).toBe(from);
      }),
    );
  });
});

describe('D+N', () => {
  test('counts natural days and needs no calendar', () => {
    expect(addNaturalDays('2025-09-30', 1)).toBe('2025-10-01');
    expect(addNaturalDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});

describe('the cut-off', () => {
  test.each([
    ['2025-09-19T16:59:59.999', '17:00', '2025-09-19'],
    ['2025-09-19T17:00:00.000', '17:00', '2025-09-19'],
    ['2025-09-19T17:00:00.001', '17:00', '2025-09-20'],
    ['2025-09-19T17:00:30', '17:00', '2025-09-20'],
    ['2025-09-19T23:59:59.999', '24:00', '2025-09-19'],
    ['2025-09-19T00:00:00.000', '00:00', '2025-09-19'],
    ['2025-09-19T00:00:01.000', '00:00', '2025-09-20'],
    ['2025-12-31T18:00:00', '17:00', '2026-01-01'],
  ])('a trade at %s with cut-off %s counts as made on %s', (local, cutOff, date) => {
    expect(tradeDateOf(inShanghai(local), cutOff)).toBe(date);
  });

  test('is told on the clock of the zone', () => {
    const instant = new Date('2025-09-19T21:30:00Z');
    expect(tradeDateOf(instant, '17:00', 'America/New_York')).toBe('2025-09-20');
    expect(tradeDateOf(instant, '17:00', 'America/Los_Angeles')).toBe('2025-09-19');
  });

  test.each(['17', '5:00 pm', '24:01', '17:60', ''])('%j is no cut-off', (cutOff) => {
    expect(() => tradeDateOf(new Date(0), cutOff)).toThrow(RangeError);
  });
});

describe('settlement', () => {
  test.each([
    ['2025-09-19T18:00:00', 'T+1', '2025-09-22', 'late on Friday counts as Saturday, first counted day is Monday'],
    ['2025-09-19T16:00:00', 'T+1', '2025-09-22', 'in time on Friday'],
    ['2025-09-18T18:00:00', 'T+1', '2025-09-22', 'late on Thursday counts as Friday'],
    ['2025-09-18T16:00:00', 'T+1', '2025-09-19', 'in time on Thursday'],
    ['2025-09-26T18:00:00', 'T+1', '2025-09-28', 'a make-up Sunday pays out'],
    ['2025-09-27T18:00:00', 'T+1', '2025-09-29', 'late on Saturday counts as the make-up Sunday'],
    ['2025-09-30T10:00:00', 'T+1', '2025-10-09', 'over National Day'],
    ['2025-09-30T10:00:00', 'D+1', '2025-10-01', 'natural days do not stop for it'],
    ['2025-09-30T18:00:00', 'D+1', '2025-10-02', 'late, in natural days'],
  ])('made at %s with %s is due on %s: %s', (local, term, due) => {
    const rule = { term: parseSettlementTerm(term), calendar: china, cutOff: '17:00' };
    expect(settlementDate(inShanghai(local), rule)).toBe(due);
  });

  test.each(['T1', 'T+', 'W+1', 'T+366', 'T-1', 't+1', 'T+1.5', ''])('%j is no term', (text) => {
    expect(() => parseSettlementTerm(text)).toThrow(RangeError);
  });
});
