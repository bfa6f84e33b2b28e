import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertPositions } from '../../../../functions/pooling/interest/convert-positions.ts';
import { addPositions, type Position } from '../../../../functions/pooling/interest/positions.ts';
import { addDays, daysBetween, InvalidDateError } from '../../../../shared/calendar/plain-date.ts';
import { divideHalfUp } from '../../../../shared/money/rounding.ts';
import { anyPeriod, anyPosition, balanceRuns, position, yuan } from './samples.ts';

const march = { from: '2026-03-01', to: '2026-04-01' };

function only(positions: readonly Position[]): Position {
  const [position, ...others] = positions;
  if (position === undefined || others.length > 0) throw new Error('There is not exactly one.');
  return position;
}

/** The balance of a day, the slow way. */
function balanceOn({ opening, movements }: Position, date: string): bigint {
  return [...movements].reduce((balance, [day, amount]) => (day <= date ? balance + amount : balance), opening);
}

describe('a balance by value date', () => {
  test('is that of the end of the day: a movement counts on the day it is valued', () => {
    expect(balanceRuns(position('100', { '2026-03-01': '5', '2026-03-11': '-25.50' }), march)).toEqual([
      { from: '2026-03-01', to: '2026-03-11', balance: yuan('105') },
      { from: '2026-03-11', to: '2026-04-01', balance: yuan('79.50') },
    ]);
  });

  test('takes movements in any order', () => {
    expect(balanceRuns(position('0', { '2026-03-20': '2', '2026-03-10': '1' }), march)).toEqual([
      { from: '2026-03-01', to: '2026-03-10', balance: 0n },
      { from: '2026-03-10', to: '2026-03-20', balance: yuan('1') },
      { from: '2026-03-20', to: '2026-04-01', balance: yuan('3') },
    ]);
  });

  test('takes in what was valued before the period and leaves out what comes at its end or later', () => {
    const around = position('1', { '2026-02-27': '2', '2026-02-28': '4', '2026-04-01': '8', '2026-05-01': '16' });
    expect(balanceRuns(around, march)).toEqual([{ ...march, balance: yuan('7') }]);
  });

  test('does not change with a movement of nothing', () => {
    expect(balanceRuns(position('1', { '2026-03-05': '0' }), march)).toEqual([{ ...march, balance: yuan('1') }]);
  });

  test('refuses a movement on no day', () => {
    expect(() => balanceRuns(position('1', { '2026-03-32': '1' }), march)).toThrow(InvalidDateError);
  });

  test('has runs of days without gap that say for each day what adding up says', () => {
    const sample = anyPeriod.chain((period) => fc.tuple(fc.constant(period), anyPosition(period)));
    fc.assert(
      fc.property(sample, ([period, of]) => {
        const runs = balanceRuns(of, period);
        const byDay = runs.flatMap(({ from, to, balance }) =>
          Array.from({ length: daysBetween(from, to) }, (_, day) => [addDays(from, day), balance]),
        );
        const days = Array.from({ length: daysBetween(period.from, period.to) }, (_, day) => addDays(period.from, day));
        expect(byDay).toEqual(days.map((date) => [date, balanceOn(of, date)]));
        expect(runs.slice(1).every(({ balance }, index) => balance !== runs[index]?.balance)).toBe(true);
      }),
    );
  });
});

describe('positions together', () => {
  test('have on each day the sum of their balances', () => {
    const one = position('10', { '2026-03-05': '5', '2026-03-09': '1' });
    const other = position('-12', { '2026-03-05': '-5', '2026-03-20': '4' });
    expect(balanceRuns(addPositions([one, other]), march)).toEqual([
      { from: '2026-03-01', to: '2026-03-09', balance: yuan('-2') },
      { from: '2026-03-09', to: '2026-03-20', balance: yuan('-1') },
      { from: '2026-03-20', to: '2026-04-01', balance: yuan('3') },
    ]);
  });

  test('of nobody are nothing', () => {
    expect(addPositions([])).toEqual({ opening: 0n, movements: new Map() });
  });
});

describe('a foreign balance', () => {
  test.each<[string, string, bigint, bigint, bigint, bigint]>([
    ['USD', 'CNY', 71_234n, 10_000n, 100_000n, 712_340n], // 1,000.00 USD at 7.1234 are 7,123.40 CNY.
    ['JPY', 'CNY', 48n, 1_000n, 1_000_000n, 4_800_000n], // 1,000,000 JPY at 0.048 are 48,000.00 CNY.
    ['KWD', 'CNY', 232n, 10n, 1_500n, 3_480n], // 1.500 KWD at 23.2 are 34.80 CNY.
    ['CNY', 'JPY', 1_000n, 48n, 4_800_000n, 1_000_000n],
    ['CNY', 'JPY', 1n, 1n, 50n, 1n], // 0.50 CNY at 1 are half a yen, which is up.
    ['CNY', 'JPY', 1n, 1n, -50n, -1n],
    ['CNY', 'JPY', 1n, 1n, 49n, 0n],
  ])('in %s is converted to %s at %d/%d: %d minor units are %d', (base, quote, numerator, denominator, from, to) => {
    const foreign = { opening: from, movements: new Map() };
    expect(convertPositions([foreign], { numerator, denominator }, base, quote)).toEqual([
      { opening: to, movements: new Map() },
    ]);
  });

  test('is converted as it stands each day, not by its movements', () => {
    // At 1/2: 1, 2, 3, then 1 again are 1 (half up), 1, 2, 1; movements alone would have given 1, 2, 3.
    const movements = new Map([
      ['2026-03-20', -2n],
      ['2026-03-05', 1n],
      ['2026-03-10', 1n],
    ]);
    const half = { numerator: 1n, denominator: 2n };
    const converted = only(convertPositions([{ opening: 1n, movements }], half, 'USD', 'CNY'));
    expect(balanceRuns(converted, march).map(({ from, balance }) => [from, balance])).toEqual([
      ['2026-03-01', 1n],
      ['2026-03-10', 2n],
      ['2026-03-20', 1n],
    ]);
  });

  test('has on each day the converted balance of that day', () => {
    const sample = anyPeriod.chain((period) => fc.tuple(fc.constant(period), anyPosition(period)));
    const rate = fc.record({ numerator: fc.bigInt(1n, 10n ** 6n), denominator: fc.bigInt(1n, 10n ** 6n) });
    fc.assert(
      fc.property(sample, rate, ([period, of], by) => {
        const converted = only(convertPositions([of], by, 'USD', 'CNY'));
        for (const { from, balance } of balanceRuns(converted, period)) {
          expect(balance).toBe(divideHalfUp(balanceOn(of, from) * by.numerator, by.denominator));
        }
      }),
    );
  });

  test.each([
    [0n, 1n],
    [-1n, 1n],
    [1n, 0n],
  ])('is not converted at %d/%d', (numerator, denominator) => {
    expect(() => convertPositions([], { numerator, denominator }, 'USD', 'CNY')).toThrow(RangeError);
  });
});
