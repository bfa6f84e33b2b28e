import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weighDays } from '../../../../functions/pooling/interest/day-weights.ts';
import { rateSpans } from '../../../../functions/pooling/interest/rate-schedule.ts';
import {
  formatRate,
  InvalidRateError,
  parseRate,
  type RateSchedule,
} from '../../../../functions/pooling/interest/rates.ts';
import { anyDayCount, anyPeriod, anySchedule } from './samples.ts';

describe('a rate', () => {
  test.each([
    ['1.50', 1_500_000n, '1.50'],
    ['0', 0n, '0.00'],
    ['0.35', 350_000n, '0.35'],
    ['4.35', 4_350_000n, '4.35'],
    ['3', 3_000_000n, '3.00'],
    ['0.000001', 1n, '0.000001'],
    ['1.100', 1_100_000n, '1.10'],
    ['2.1250', 2_125_000n, '2.125'],
    ['100', 100_000_000n, '100.00'],
    ['999.999999', 999_999_999n, '999.999999'],
  ])('%s percent is a rate and is written %s millionths, %s', (text, rate, canonical) => {
    expect(parseRate(text)).toBe(rate);
    expect(formatRate(rate)).toBe(canonical);
  });

  test.each(['', '-1', '+1', '1.', '.5', '1,5', '1e2', '0.0000001', '1000', '1.5%', ' 1', '1\n', '１'])(
    '%j is none',
    (text) => {
      expect(() => parseRate(text)).toThrow(InvalidRateError);
    },
  );

  test('is read back from its text', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 999_999_999n), (rate) => {
        expect(parseRate(formatRate(rate))).toBe(rate);
      }),
    );
  });

  test('below zero has no text', () => {
    expect(() => formatRate(-1n)).toThrow(InvalidRateError);
  });
});

describe('a schedule of rates', () => {
  const march = weighDays('ACT_360', { from: '2026-03-01', to: '2026-04-01' });
  const spansOf = (schedule: RateSchedule, segmented: boolean) =>
    rateSpans(schedule, march, segmented).map(({ start, end, tiers }) => [start, end, tiers[0]?.text]);

  const rising: RateSchedule = [
    { from: '2026-01-01', rate: parseRate('1') },
    { from: '2026-02-01', rate: parseRate('2') },
    { from: '2026-03-11', rate: parseRate('3') },
    { from: '2026-04-01', rate: parseRate('4') },
  ];

  test('segmented, has each rate count for its own days', () => {
    expect(spansOf(rising, true)).toEqual([
      [0, 10, '2.00'],
      [10, 31, '3.00'],
    ]);
  });

  test('not segmented, has the rate of the last counted day count for all', () => {
    expect(spansOf(rising, false)).toEqual([[0, 31, '3.00']]);
  });

  test('that begins within the period has no rate before', () => {
    expect(spansOf(rising.slice(2), true)).toEqual([
      [0, 10, undefined],
      [10, 31, '3.00'],
    ]);
    expect(spansOf(rising.slice(3), false)).toEqual([[0, 31, undefined]]);
    expect(spansOf(rising.slice(3), true)).toEqual([[0, 31, undefined]]);
  });

  test('covers a period without gap and without overlap', () => {
    const sample = anyPeriod.chain((period) => fc.tuple(fc.constant(period), anySchedule(period), fc.boolean()));
    fc.assert(
      fc.property(sample, anyDayCount, ([period, schedule, segmented], dayCount) => {
        const days = weighDays(dayCount, period);
        const spans = rateSpans(schedule, days, segmented);
        expect(spans.map(({ start }) => start)).toEqual([0, ...spans.slice(0, -1).map(({ end }) => end)]);
        expect(spans.at(-1)?.end).toBe(days.days);
      }),
    );
  });
});
