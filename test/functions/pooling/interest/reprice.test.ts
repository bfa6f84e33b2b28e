import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { repricingDifference, roundedInterest } from '../../../../functions/pooling/interest/reprice.ts';
import { anyPeriod, anyPosition, anySchedule, flat, position, yuan } from './samples.ts';

const terms = {
  period: { from: '2026-04-01', to: '2026-05-01' },
  dayCount: 'ACT_360',
  segmented: true,
  credit: flat('1.50'),
  debit: flat('3.50'),
} as const;

describe('a back-valued item', () => {
  const booked = roundedInterest(accrueInterest({ ...terms, position: position('100000') }));

  test('is booked as the difference: 20,000 more for 20 days at 1.5 % are 16.67 more', () => {
    expect(booked).toEqual({ credit: yuan('125.00'), debit: 0n });
    const known = position('100000', { '2026-04-11': '20000' });
    const recomputed = roundedInterest(accrueInterest({ ...terms, position: known }));
    expect(repricingDifference([booked], recomputed)).toEqual({ credit: yuan('16.67'), debit: 0n });
  });

  test('that overdraws the account takes back what was earned and charges what is owed', () => {
    // 10 days of 100,000 earn 41.67; 20 days of 50,000 cost 97.22.
    const known = position('100000', { '2026-04-11': '-150000' });
    const recomputed = roundedInterest(accrueInterest({ ...terms, position: known }));
    expect(repricingDifference([booked], recomputed)).toEqual({ credit: yuan('-83.33'), debit: yuan('97.22') });
  });

  test('counts from all that has been booked, earlier differences too', () => {
    const earlier = [booked, { credit: yuan('16.67'), debit: 0n }, { credit: yuan('-41.67'), debit: yuan('2.00') }];
    expect(repricingDifference(earlier, { credit: yuan('100.00'), debit: yuan('2.00') })).toEqual({
      credit: 0n,
      debit: 0n,
    });
  });

  test('of nothing gives nothing to book', () => {
    const sample = anyPeriod.chain((period) => fc.tuple(fc.constant(period), anyPosition(period), anySchedule(period)));
    fc.assert(
      fc.property(sample, ([period, of, rates]) => {
        const input = { ...terms, period, position: of, credit: rates, debit: rates };
        const withNothing = { opening: of.opening, movements: new Map([...of.movements].reverse()) };
        const first = roundedInterest(accrueInterest(input));
        const again = roundedInterest(accrueInterest({ ...input, position: withNothing }));
        expect(repricingDifference([first], again)).toEqual({ credit: 0n, debit: 0n });
      }),
    );
  });

  test('and its taking back end where they began, however often they are booked', () => {
    const amounts = fc.record({ credit: fc.bigInt(0n, 10n ** 9n), debit: fc.bigInt(0n, 10n ** 9n) });
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 6 }), (figures) => {
        const bookings: { credit: bigint; debit: bigint }[] = [];
        for (const figure of figures) bookings.push(repricingDifference(bookings, figure));
        const total = (side: 'credit' | 'debit') => bookings.reduce((whole, booking) => whole + booking[side], 0n);
        expect({ credit: total('credit'), debit: total('debit') }).toEqual(figures.at(-1));
      }),
    );
  });
});
