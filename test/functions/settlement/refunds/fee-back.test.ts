import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FeeSituation, feeBack, feeLeft } from '../../../../functions/settlement/refunds/fee-back.ts';
import { fen } from './samples.ts';

const situation = (settled: string, fee: string, refundedBefore = '0.00'): FeeSituation => ({
  settled: fen(settled),
  fee: fen(fee),
  refundedBefore: fen(refundedBefore),
  isRefundable: true,
});

/** The fee parts of refunds one after the other. */
function parts(settled: string, fee: string, refunds: readonly string[]): bigint[] {
  let refundedBefore = 0n;
  return refunds.map((refund) => {
    const back = feeBack({ ...situation(settled, fee), refundedBefore }, fen(refund));
    refundedBefore += fen(refund);
    return back.amount;
  });
}

describe('the fee part of a refund', () => {
  test.each<[string, string, string[], bigint[]]>([
    ['100.00', '0.60', ['100.00'], [60n]],
    ['100.00', '0.60', ['50.00', '50.00'], [30n, 30n]],
    ['100.00', '0.60', ['33.33', '33.33', '33.33', '0.01'], [20n, 20n, 20n, 0n]],
    // 0.5 is 1, 1.0 is 1: the half rounded up is not given twice.
    ['100.00', '0.01', ['50.00', '50.00'], [1n, 0n]],
    ['100.00', '0.01', ['49.99', '0.01', '50.00'], [0n, 1n, 0n]],
    // Each by itself rounds to 0: 0.33, then 0.67, then 1.
    ['0.03', '0.01', ['0.01', '0.01', '0.01'], [0n, 1n, 0n]],
    ['1.00', '1.00', ['0.40', '0.60'], [40n, 60n]],
    ['100.00', '0.00', ['100.00'], [0n]],
  ])('of %s with a fee of %s, refunded as %s, comes in parts', (settled, fee, refunds, expected) => {
    expect(parts(settled, fee, refunds)).toEqual(expected);
  });

  test('comes from the channel that refunds it, and to whoever bore it', () => {
    expect(feeBack({ ...situation('100.00', '0.60'), bearer: 'M1' }, fen('80.00'))).toEqual({
      amount: 48n,
      paidBy: 'CHANNEL',
      bearer: 'M1',
    });
  });

  test('is paid by the bearer where the channel keeps its fee', () => {
    expect(feeBack({ ...situation('100.00', '0.60'), isRefundable: false }, fen('80.00'))).toEqual({
      amount: 48n,
      paidBy: 'BEARER',
    });
  });

  test.each([
    ['a fee above what was settled', situation('1.00', '1.01'), 1n],
    ['more than is left', situation('1.00', '0.01', '0.51'), 50n],
    ['a negative refund', situation('1.00', '0.01'), -1n],
  ])('cannot be told of %s', (_, impossible, refund) => {
    expect(() => feeBack(impossible, refund)).toThrow(RangeError);
  });

  test('adds up to the whole fee over any refunds, none negative, none above its refund, and what is left covers what is left of the fee', () => {
    const drawn = fc.record({
      settled: fc.bigInt(1n, 10n ** 8n),
      feeMillionths: fc.bigInt(0n, 1_000_000n),
      cuts: fc.array(fc.bigInt(0n, 1_000_000n), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(drawn, ({ settled, feeMillionths, cuts }) => {
        const fee = (settled * feeMillionths) / 1_000_000n;
        let [refundedBefore, total] = [0n, 0n];
        for (const cut of [...cuts, 1_000_000n]) {
          const refund = ((settled - refundedBefore) * cut) / 1_000_000n;
          const { amount } = feeBack({ settled, fee, refundedBefore, isRefundable: true }, refund);
          expect(amount >= 0n && amount <= refund).toBe(true);
          total += amount;
          refundedBefore += refund;
          expect(feeLeft({ settled, fee, refundedBefore })).toBe(fee - total);
          expect(fee - total).toBeLessThanOrEqual(settled - refundedBefore);
        }
        expect(total).toBe(fee);
      }),
    );
  });
});
