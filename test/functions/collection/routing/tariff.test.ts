import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRails } from '../../../../functions/collection/routing/default-rails.ts';
import type { Tariff } from '../../../../functions/collection/routing/rail.ts';
import { feeOf } from '../../../../functions/collection/routing/tariff.ts';
import { fen } from './samples.ts';

const tariffOf = (id: string) => defaultRails.find((rail) => rail.id === id)?.tariff as Tariff;
const corporate = tariffOf('HVPS');

describe('the tariff of corporate transfers', () => {
  test.each([
    ['0.01', '5.00', '6.00'],
    ['10,000.00', '5.00', '6.00'],
    ['10,000.01', '10.00', '12.00'],
    ['100,000.00', '10.00', '12.00'],
    ['100,000.01', '15.00', '18.00'],
    ['500,000.00', '15.00', '18.00'],
    ['500,000.01', '20.00', '24.00'],
    ['1,000,000.00', '20.00', '24.00'],
    ['1,000,000.01', '20.00', '24.00'],
    ['1,000,249.99', '20.00', '24.00'],
    // 1,000,250.00 at 0.002 % is 20.005, half up; 20 % of 20.01 is 4.002.
    ['1,000,250.00', '20.01', '24.01'],
    ['5,000,000.00', '100.00', '120.00'],
    ['9,000,000.00', '180.00', '200.00'],
    ['10,000,000.00', '200.00', '200.00'],
    ['10,000,000,000.00', '200.00', '200.00'],
  ])('takes of %s %s, and %s where it is urgent', (amount, fee, urgent) => {
    expect([feeOf(corporate, fen(amount), false), feeOf(corporate, fen(amount), true)]).toEqual([
      fen(fee),
      fen(urgent),
    ]);
  });
});

test('a book transfer is free, a SEPA item costs 0.20 whatever its amount', () => {
  expect(feeOf(tariffOf('BOOK'), fen('100,000,000.00'), true)).toBe(0n);
  expect([1n, 99_999_999_999n].map((minor) => feeOf(tariffOf('SEPA_FILE'), minor, false))).toEqual([20n, 20n]);
});

describe('a rate', () => {
  const rate: Tariff = { bands: [], above: { millionths: 6_000, floor: 50n, cap: 10_00n } };

  test.each([
    ['0.01', '0.50', 'its floor'],
    ['83.33', '0.50', '0.49998, below the floor'],
    ['83.34', '0.50', '0.50004, the floor'],
    ['84.25', '0.51', '0.5055, half up'],
    ['84.24', '0.51', '0.50544'],
    ['84.16', '0.50', '0.50496'],
    ['1,666.66', '10.00', '9.99996'],
    ['1,000,000.00', '10.00', 'its cap'],
  ])('of 0.6 % takes of %s %s: %s', (amount, fee) => {
    expect(feeOf(rate, fen(amount), false)).toBe(fen(fee));
  });

  test('whose surcharge has a cap below the plain fee is never cheaper when urgent', () => {
    const odd: Tariff = { ...rate, urgent: { percent: 50, cap: 1_00n } };
    expect(feeOf(odd, fen('1,000.00'), false)).toBe(6_00n);
    expect(feeOf(odd, fen('1,000.00'), true)).toBe(6_00n);
    expect(feeOf({ ...odd, urgent: { percent: 50 } }, fen('1,000.00'), true)).toBe(9_00n);
  });

  test('never takes less of more, nor less when urgent', () => {
    const minor = fc.bigInt({ min: 1n, max: 10n ** 14n });
    fc.assert(
      fc.property(minor, minor, (one, other) => {
        const [small, large] = one < other ? [one, other] : [other, one];
        expect(feeOf(corporate, small, false)).toBeLessThanOrEqual(feeOf(corporate, large, false));
        expect(feeOf(corporate, one, true)).toBeGreaterThanOrEqual(feeOf(corporate, one, false));
      }),
    );
  });
});
