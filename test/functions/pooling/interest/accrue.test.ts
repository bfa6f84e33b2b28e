import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccrualInput, accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { type DayCount, dayCounts } from '../../../../functions/pooling/interest/day-count.ts';
import { RateMissingError } from '../../../../functions/pooling/interest/rate-schedule.ts';
import { parseRate, type RateSchedule, rateOfOne } from '../../../../functions/pooling/interest/rates.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { dailyInterest } from './reference.ts';
import { anyDayCount, anyPeriod, anyPosition, anySchedule, flat, position, rounded, tiers, yuan } from './samples.ts';

/** Thirty days. */
const april = { from: '2026-04-01', to: '2026-05-01' };
const terms = { period: april, dayCount: 'ACT_360', segmented: true } as const;

describe('interest on balances', () => {
  test('is rounded once: 30 days of 1,000.00 at 0.35 % are 0.29, where rounding each day would give 0.30', () => {
    const { credit } = accrueInterest({ ...terms, position: position('1000'), credit: flat('0.35') });
    expect(credit).toMatchObject({ interest: yuan('0.29'), days: 30, product: yuan('30000') });
  });

  test('goes by the sign of each day: what is deposited earns, what is borrowed pays', () => {
    // 500,000 × 1.5 % × 10/360 = 208.33; 200,000 × 3.5 % × 20/360 = 388.89.
    const { credit, debit } = accrueInterest({
      ...terms,
      position: position('500000', { '2026-04-11': '-700000' }),
      credit: flat('1.50'),
      debit: flat('3.50'),
    });
    expect(credit).toMatchObject({ interest: yuan('208.33'), days: 10, product: yuan('5000000') });
    expect(debit).toMatchObject({ interest: yuan('388.89'), days: 20, product: yuan('4000000') });
  });

  test('is nothing on a side without rates, whose product is told all the same', () => {
    const { credit, debit } = accrueInterest({ ...terms, position: position('-100'), credit: flat('1.50') });
    expect(debit).toMatchObject({ interest: 0n, days: 30, product: yuan('3000'), segments: [] });
    expect(credit).toMatchObject({ interest: 0n, days: 0, product: 0n, segments: [] });
  });

  test('of exactly half a fen is a whole one, for the one who earns and the one who pays', () => {
    // 36,000.00 × 0.005 % × 1/360 = 0.005.
    const day = { ...terms, period: { from: '2026-04-01', to: '2026-04-02' } };
    const rate = flat('0.005');
    const sides = { credit: rate, debit: rate };
    expect(rounded(accrueInterest({ ...day, ...sides, position: position('36000') }))).toEqual({
      credit: 1n,
      debit: 0n,
    });
    expect(rounded(accrueInterest({ ...day, ...sides, position: position('-36000') }))).toEqual({
      credit: 0n,
      debit: 1n,
    });
    expect(accrueInterest({ ...day, ...sides, position: position('35999.99') }).credit.interest).toBe(0n);
  });

  test.each<[DayCount, string, string, string, string, string]>([
    // 11 days of 2023 in 365 and 80 of 2024 in 366: 36,500 × (11/365 + 80/366).
    ['ACT_ACT_ISDA', '2023-12-21', '2024-03-21', '1000000', '3.65', '9078.14'],
    ['ACT_365F', '2024-01-01', '2025-01-01', '1000000', '2.00', '20054.79'],
    ['ACT_360', '2025-12-21', '2026-03-21', '1000000', '0.35', '875.00'],
    ['30_360_BOND', '2006-08-31', '2007-02-28', '1000000', '3.60', '17800.00'],
    ['30E_360', '2008-02-29', '2008-08-31', '1000000', '3.60', '18100.00'],
    ['30E_360_ISDA', '2008-02-29', '2008-08-31', '1000000', '3.60', '18000.00'],
  ])('by %s from %s to %s on %s at %s %% is %s', (dayCount, from, to, balance, rate, interest) => {
    const input = { period: { from, to }, dayCount, segmented: true, position: position(balance), credit: flat(rate) };
    expect(accrueInterest(input).credit.interest).toBe(yuan(interest));
  });
});

describe('a rate that changes', () => {
  const rates: RateSchedule = [
    { from: '2026-01-01', rate: parseRate('1.00') },
    { from: '2026-04-11', rate: parseRate('2.00') },
    { from: '2026-05-01', rate: parseRate('9.00') },
  ];
  const input = { ...terms, position: position('360000'), credit: rates };

  test('counts for its own days where interest is segmented: 10 days at 1 % and 20 at 2 % on 360,000 are 500.00', () => {
    expect(accrueInterest(input).credit.interest).toBe(yuan('500'));
  });

  test('counts for the whole period otherwise, if it is in force on the last counted day', () => {
    expect(accrueInterest({ ...input, segmented: false }).credit.interest).toBe(yuan('600'));
  });

  test('leaves segments from which the interest can be worked out again', () => {
    const moved = position('360000', { '2026-04-05': '-60000', '2026-04-08': '-300000', '2026-04-09': '100000' });
    // 4 days of 360,000, 3 of 300,000, none on the 8th, 2 of 100,000 at 1 %: 2,540,000; then 20 of 100,000 at 2 %.
    const { credit } = accrueInterest({ ...input, position: moved });
    expect(credit.segments).toEqual([
      {
        from: '2026-04-01',
        to: '2026-04-11',
        days: 9,
        product: yuan('2540000'),
        yearDays: 360,
        rate: '1.00',
      },
      {
        from: '2026-04-11',
        to: '2026-05-01',
        days: 20,
        balance: yuan('100000'),
        product: yuan('2000000'),
        yearDays: 360,
        rate: '2.00',
      },
    ]);
    expect(credit.interest).toBe(yuan('181.67')); // 70.5556 + 111.1111
  });

  test.each<[boolean, string, string, string]>([
    [true, '2026-04-01', '2026-04-20', '2026-04-01'],
    [true, '2026-04-10', '2026-04-20', '2026-04-10'],
    [false, '2026-04-01', '2026-05-20', '2026-04-30'],
  ])(
    'and begins too late is missed by date (segmented: %s, balance from %s, rate from %s: %s)',
    (segmented, ...dates) => {
      const [funded, from, missing] = dates;
      const late = { ...terms, segmented, position: position('0', { [funded]: '1' }), credit: flat('1', from) };
      expect(() => accrueInterest(late)).toThrow(RateMissingError);
      expect(() => accrueInterest(late)).toThrow(expect.objectContaining({ date: missing }));
    },
  );

  test('and begins late is not missed where there was no balance before', () => {
    const late = { ...terms, position: position('0', { '2026-04-21': '3600' }), credit: flat('1', '2026-04-21') };
    expect(accrueInterest(late).credit.interest).toBe(yuan('1'));
    expect(accrueInterest({ ...late, debit: flat('1', '2030-01-01') }).debit.interest).toBe(0n);
  });
});

describe('the days of a balance and its product', () => {
  const million = { segmented: true, position: position('1000000'), credit: flat('1.00') };
  const quarter = { from: '2026-01-31', to: '2026-03-31' };

  test.each([
    ['30E_360', 60, '1666.67'], // 1,000,000 × 60 × 1 % / 360
    ['30_360_BOND', 60, '1666.67'],
    ['30E_360_ISDA', 60, '1666.67'],
    ['ACT_360', 59, '1638.89'],
    ['ACT_365F', 59, '1616.44'],
    ['ACT_ACT_ISDA', 59, '1616.44'],
  ] as const)('by %s are those of the convention: %i from 31 January to 31 March', (dayCount, days, interest) => {
    const { credit } = accrueInterest({ ...million, period: quarter, dayCount });
    const product = yuan('1000000') * BigInt(days);
    expect(credit).toMatchObject({ days, product, interest: yuan(interest), segments: [{ days, product }] });
  });

  test('by ACT/ACT stand apart for a leap year and for another', () => {
    const period = { from: '2023-12-21', to: '2025-02-01' };
    const { credit } = accrueInterest({ ...million, period, dayCount: 'ACT_ACT_ISDA' });
    expect(credit.segments.map(({ from, days, yearDays }) => [from, days, yearDays])).toEqual([
      ['2023-12-21', 11, 365],
      ['2024-01-01', 366, 366],
      ['2025-01-01', 31, 365],
    ]);
    expect(credit.days).toBe(408);
    expect(credit.interest).toBe(yuan('11150.68')); // 301.3699 + 10,000 + 849.3151
  });

  test('by ACT/ACT stay together where the year turns between two without a leap day', () => {
    const period = { from: '2025-12-21', to: '2026-03-21' };
    const { credit } = accrueInterest({ ...million, period, dayCount: 'ACT_ACT_ISDA' });
    expect(credit.segments).toMatchObject([{ days: 90, yearDays: 365 }]);
  });
});

describe('rates by tiers', () => {
  const bounds = { '0': '0.50', '100000': '1.00', '500000': '1.50' };

  test.each([
    ['WHOLE', '360000', '300.00'],
    ['WHOLE', '100000', '41.67'],
    ['WHOLE', '100000.01', '83.33'],
    ['WHOLE', '600000', '750.00'],
    ['MARGINAL', '360000', '258.33'], // 41.6667 + 216.6667
    ['MARGINAL', '100000', '41.67'],
    ['MARGINAL', '600000', '500.00'], // 41.6667 + 333.3333 + 125
  ] as const)('%s on %s for 30 days is %s', (mode, balance, interest) => {
    const input = { ...terms, position: position(balance), credit: tiers(mode, bounds) };
    expect(accrueInterest(input).credit.interest).toBe(yuan(interest));
  });

  test('go by what is owed where it is borrowed', () => {
    const input = { ...terms, position: position('-360000'), debit: tiers('MARGINAL', bounds) };
    expect(accrueInterest(input).debit.interest).toBe(yuan('258.33'));
  });

  test('leave a segment for each tier that was reached', () => {
    const input = { ...terms, position: position('360000', { '2026-04-11': '-300000' }) };
    const { credit } = accrueInterest({ ...input, credit: tiers('MARGINAL', bounds) });
    expect(credit.segments).toEqual([
      {
        from: '2026-04-01',
        to: '2026-05-01',
        days: 30,
        product: yuan('2200000'), // 10 × 100,000 + 20 × 60,000
        yearDays: 360,
        above: 0n,
        rate: '0.50',
      },
      {
        from: '2026-04-01',
        to: '2026-04-11',
        days: 10,
        balance: yuan('260000'),
        product: yuan('2600000'),
        yearDays: 360,
        above: yuan('100000'),
        rate: '1.00',
      },
    ]);
  });
});

const anyAccrual: fc.Arbitrary<AccrualInput> = anyPeriod.chain((period) =>
  fc.record(
    {
      period: fc.constant(period),
      position: anyPosition(period),
      dayCount: anyDayCount,
      credit: anySchedule(period),
      debit: anySchedule(period),
      segmented: fc.boolean(),
      debitDayCount: anyDayCount,
      debitSegmented: fc.boolean(),
    },
    { requiredKeys: ['period', 'position', 'dayCount', 'credit', 'debit', 'segmented'] },
  ),
);

describe('whatever the balances and rates', () => {
  test('interest is what going day by day gives', () => {
    fc.assert(
      fc.property(anyAccrual, (input) => {
        const { credit, debit } = accrueInterest(input);
        expect({ credit: credit.exact, debit: debit.exact }).toEqual(dailyInterest(input));
      }),
    );
  });

  test('the segments of a side make up its interest and its product', () => {
    fc.assert(
      fc.property(anyAccrual, (input) => {
        const { credit, debit } = accrueInterest(input);
        for (const side of [credit, debit]) {
          const { numerator, denominator } = side.exact;
          const again = side.segments.map(
            ({ product, rate, yearDays }) => (product * parseRate(rate) * denominator) / (BigInt(yearDays) * rateOfOne),
          );
          expect(sum(again)).toBe(numerator);
          expect(sum(side.segments.map(({ product }) => product))).toBe(side.product);
        }
      }),
    );
  });

  test('an account and its mirror earn and pay the same', () => {
    fc.assert(
      fc.property(anyAccrual, (input) => {
        const { opening, movements } = input.position;
        const mirrored = new Map([...movements].map(([date, amount]) => [date, -amount]));
        const { credit = [], debit = [], dayCount, segmented } = input;
        const { debitDayCount = dayCount, debitSegmented = segmented } = input;
        const mirror = {
          credit: debit,
          debit: credit,
          dayCount: debitDayCount,
          segmented: debitSegmented,
          debitDayCount: dayCount,
          debitSegmented: segmented,
        };
        const other = accrueInterest({ ...input, ...mirror, position: { opening: -opening, movements: mirrored } });
        const one = accrueInterest(input);
        expect([other.debit, other.credit]).toEqual([one.credit, one.debit]);
      }),
    );
  });

  test('a period settled in two parts adds up exactly, where days are actual', () => {
    const actual = dayCounts.filter((dayCount) => dayCount.startsWith('ACT'));
    fc.assert(
      fc.property(anyAccrual, fc.constantFrom(...actual), fc.nat(), (accrual, dayCount, cut) => {
        const input = { ...accrual, dayCount, segmented: true, debitDayCount: dayCount, debitSegmented: true };
        const { from, to } = input.period;
        const at = addDays(from, cut % 500);
        fc.pre(from < at && at < to);
        const whole = accrueInterest(input);
        const parts = [
          { from, to: at },
          { from: at, to },
        ].map((period) => accrueInterest({ ...input, period }));
        for (const side of ['credit', 'debit'] as const) {
          expect(sum(parts.map((part) => part[side].exact.numerator))).toBe(whole[side].exact.numerator);
        }
      }),
    );
  });
});
