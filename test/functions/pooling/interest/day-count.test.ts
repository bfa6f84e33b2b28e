import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { type DayCount, InvalidPeriodError, type Period } from '../../../../functions/pooling/interest/day-count.ts';
import { countDays, weighDays } from '../../../../functions/pooling/interest/day-weights.ts';
import type { Fraction } from '../../../../functions/pooling/interest/fraction.ts';
import { InvalidDateError } from '../../../../shared/calendar/plain-date.ts';
import { divideHalfUp } from '../../../../shared/money/rounding.ts';
import { anyDayCount, anyPeriod, flat } from './samples.ts';

/** The days that a balance of one has over a period. */
function count(dayCount: DayCount, from: string, to: string, isTermination = false): bigint {
  return oneAtOne(dayCount, { from, to, isTermination }).product;
}

/** A balance of one at 100 % a year: its interest is the part of a year that the period is. */
function oneAtOne(dayCount: DayCount, period: Period) {
  const input = { dayCount, period, segmented: true, credit: flat('100', '1800-01-01') };
  return accrueInterest({ ...input, position: { opening: 1n, movements: new Map() } }).credit;
}

function fractionOf(dayCount: DayCount, period: Period): Fraction {
  return oneAtOne(dayCount, period).exact;
}

/** A fraction as decimal text. */
function decimal(dayCount: DayCount, period: Period, digits: number): string {
  const { numerator, denominator } = fractionOf(dayCount, period);
  const text = divideHalfUp(numerator * 10n ** BigInt(digits), denominator)
    .toString()
    .padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

describe('thirty days a month, as in the examples ISDA published to its 2006 Definitions', () => {
  // From, to, and days by 30/360 (bond basis), 30E/360 (eurobond) and 30E/360 (ISDA).
  test.each([
    ['2006-08-20', '2007-02-20', 180n, 180n, 180n],
    ['2007-02-20', '2007-08-20', 180n, 180n, 180n],
    ['2008-02-20', '2008-08-20', 180n, 180n, 180n],
    ['2006-02-28', '2006-08-31', 183n, 182n, 180n],
    ['2006-08-31', '2007-02-28', 178n, 178n, 180n],
    ['2007-02-28', '2007-08-31', 183n, 182n, 180n],
    ['2007-08-31', '2008-02-29', 179n, 179n, 180n],
    ['2008-02-29', '2008-08-31', 182n, 181n, 180n],
    ['2008-08-31', '2009-02-28', 178n, 178n, 180n],
    ['2009-02-28', '2009-08-31', 183n, 182n, 180n],
    ['2006-01-31', '2006-02-28', 28n, 28n, 30n],
    ['2006-01-30', '2006-02-28', 28n, 28n, 30n],
    ['2006-02-28', '2006-03-03', 5n, 5n, 3n],
    ['2006-02-14', '2006-02-28', 14n, 14n, 16n],
    ['2006-09-30', '2006-10-31', 30n, 30n, 30n],
    ['2006-10-31', '2006-11-28', 28n, 28n, 28n],
    ['2007-08-31', '2008-02-28', 178n, 178n, 178n],
    ['2008-02-28', '2008-08-28', 180n, 180n, 180n],
    ['2008-02-28', '2008-08-30', 182n, 182n, 182n],
    ['2008-02-28', '2008-08-31', 183n, 182n, 182n],
    ['2008-02-29', '2009-02-28', 359n, 359n, 360n],
  ])('%s to %s', (from, to, bond, eurobond, isda) => {
    expect(count('30_360_BOND', from, to)).toBe(bond);
    expect(count('30E_360', from, to)).toBe(eurobond);
    expect(count('30E_360_ISDA', from, to)).toBe(isda);
  });

  test.each([
    ['2006-02-28', '2006-08-31', '0.508333'],
    ['2006-08-31', '2007-02-28', '0.494444'],
    ['2007-08-31', '2008-02-29', '0.497222'],
    ['2008-02-29', '2008-08-31', '0.505556'],
  ])('%s to %s is %s of a year by the bond basis', (from, to, fraction) => {
    expect(decimal('30_360_BOND', { from, to }, 6)).toBe(fraction);
  });

  test.each([
    ['2011-08-31', '2012-02-29', 179n],
    ['2007-02-28', '2008-02-29', 359n],
  ])('30E/360 ISDA leaves the end of February as it is where the term ends: %s to %s', (from, to, days) => {
    expect(count('30E_360_ISDA', from, to, true)).toBe(days);
    expect(count('30E_360_ISDA', from, to)).toBe(days + 1n);
  });

  test('the others do not mind whether the term ends', () => {
    for (const dayCount of ['30_360_BOND', '30E_360'] as const) {
      expect(count(dayCount, '2011-08-31', '2012-02-29', true)).toBe(179n);
    }
  });
});

describe('actual days', () => {
  // The periods of ISDA's paper on the actual/actual day count fraction (1999), with the fractions other libraries test for.
  test.each([
    ['2003-11-01', '2004-05-01', '0.4977243806'],
    ['1999-02-01', '1999-07-01', '0.4109589041'],
    ['1999-07-01', '2000-07-01', '1.0013773486'],
    ['2002-08-15', '2003-07-15', '0.9150684932'],
    ['2003-07-15', '2004-01-15', '0.5040047908'],
    ['1999-07-30', '2000-01-30', '0.5038925069'],
    ['2000-01-30', '2000-06-30', '0.4153005464'],
  ])('%s to %s by actual/actual is %s', (from, to, fraction) => {
    expect(decimal('ACT_ACT_ISDA', { from, to }, 10)).toBe(fraction);
  });

  test('a whole year is one by actual/actual, leap or not', () => {
    expect(decimal('ACT_ACT_ISDA', { from: '2024-01-01', to: '2025-01-01' }, 6)).toBe('1.000000');
    expect(decimal('ACT_ACT_ISDA', { from: '2000-01-01', to: '2005-01-01' }, 6)).toBe('5.000000');
    expect(decimal('ACT_ACT_ISDA', { from: '1900-01-01', to: '1901-01-01' }, 6)).toBe('1.000000');
  });

  test('actual/365 fixed makes a leap year longer than one, and actual/360 any year', () => {
    // 366/365 and 365/360.
    expect(decimal('ACT_365F', { from: '2024-01-01', to: '2025-01-01' }, 10)).toBe('1.0027397260');
    expect(decimal('ACT_360', { from: '2025-01-01', to: '2026-01-01' }, 10)).toBe('1.0138888889');
  });

  test('the first day counts and the last does not: the quarter to 21 March 2026 has 90 days', () => {
    expect(count('ACT_360', '2025-12-21', '2026-03-21')).toBe(90n);
  });
});

describe('a period', () => {
  test.each([
    ['2026-03-21', '2026-03-21'],
    ['2026-03-21', '2026-03-20'],
    ['2016-01-01', '2026-01-02'],
  ])('from %s to %s is refused', (from, to) => {
    expect(() => fractionOf('ACT_360', { from, to })).toThrow(InvalidPeriodError);
    expect(() => weighDays('30E_360', { from, to })).toThrow(InvalidPeriodError);
  });

  test('of ten years is the longest', () => {
    expect(count('ACT_360', '2016-01-01', '2026-01-01')).toBe(3_653n);
  });

  test('ends on a day that exists', () => {
    expect(() => weighDays('ACT_360', { from: '2026-02-01', to: '2026-02-30' })).toThrow(InvalidDateError);
  });
});

describe('the weights of days', () => {
  /** What single days weigh. */
  function weightsOf(dayCount: DayCount, period: Period, dates: readonly string[]): number[] {
    const days = weighDays(dayCount, period);
    return dates.map((date) => {
      const day = days.dayOf.get(date) ?? Number.NaN;
      return countDays(days, day, day + 1);
    });
  }

  test('by 30E/360 give the end of February three days and the 30th before a 31st none', () => {
    const dates = ['2026-01-29', '2026-01-30', '2026-02-27', '2026-02-28', '2026-03-30', '2026-03-31'];
    const period = { from: '2026-01-29', to: '2026-04-01' };
    expect(weightsOf('30E_360', period, dates)).toEqual([1, 0, 1, 3, 0, 1]);
  });

  test('by 30E/360 ISDA mind the termination on its own day only, not at a February that the term runs through', () => {
    const dates = ['2026-02-26', '2026-02-27'];
    const through = { from: '2026-01-31', to: '2026-03-31', isTermination: true };
    expect(weightsOf('30E_360_ISDA', through, dates)).toEqual([1, 3]);
    const until = { from: '2026-01-31', to: '2026-02-28' };
    expect(weightsOf('30E_360_ISDA', until, dates)).toEqual([1, 3]);
    expect(weightsOf('30E_360_ISDA', { ...until, isTermination: true }, dates)).toEqual([1, 1]);
  });

  test('whatever a period is cut into, they add up to what the convention counts for the whole', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 6 });
    fc.assert(
      fc.property(anyDayCount, anyPeriod, cuts, (dayCount, period, at) => {
        const days = weighDays(dayCount, period);
        const bounds = [0, ...at.map((cut) => cut % days.days).sort((one, other) => one - other), days.days];
        const weights = bounds.slice(1).map((end, index) => countDays(days, bounds[index] ?? 0, end));
        const total = weights.reduce((total, weight) => total + weight, 0);
        expect(BigInt(total)).toBe(oneAtOne(dayCount, period).product);
      }),
    );
  });

  test('are never below zero', () => {
    fc.assert(
      fc.property(anyDayCount, anyPeriod, (dayCount, period) => {
        const days = weighDays(dayCount, period);
        const each = Array.from({ length: days.days }, (_, day) => countDays(days, day, day + 1));
        expect(Math.min(...each)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('of another period are not answered', () => {
    const days = weighDays('ACT_360', { from: '2026-01-01', to: '2026-02-01' });
    expect(() => countDays(days, 0, 32)).toThrow(RangeError);
  });
});
