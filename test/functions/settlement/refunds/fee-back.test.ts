import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feeBacks, type PaymentFee, type RefundPiece } from '../../../../functions/settlement/refunds/fee-back.ts';
import { fen } from './samples.ts';

const paidBy = (paid: string, fee: string, more: Partial<PaymentFee> = {}): PaymentFee => ({
  ...{ paid: fen(paid), fee: fen(fee), backBefore: 0n, feeBefore: 0n, isRefundable: true },
  ...more,
});
/** A piece of an order of which this much is held and left of the fee. */
const piece = (amount: string, held: string, feeLeft: string, cash = amount): RefundPiece => ({
  ...{ amount: fen(amount), cash: fen(cash), held: fen(held), feeLeft: fen(feeLeft) },
});
const amounts = (payment: PaymentFee, ...pieces: RefundPiece[]) =>
  feeBacks(payment, pieces).map(({ amount, fromChannel }) => [amount, fromChannel]);

/** The fee parts of refunds one after the other, of an order that was paid by one payment. */
function parts(payment: PaymentFee, refunds: readonly bigint[]): bigint[] {
  let [now, held] = [payment, payment.paid - payment.fee];
  return refunds.map((amount) => {
    const [back] = feeBacks(now, [{ amount, cash: amount, held, feeLeft: payment.fee - now.feeBefore }]);
    const part = back?.amount ?? 0n;
    now = { ...now, backBefore: now.backBefore + amount, feeBefore: now.feeBefore + part };
    held -= amount - part;
    return part;
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
  ])('of %s with a fee of %s, refunded as %s, comes in parts', (paid, fee, refunds, expected) => {
    expect(parts(paidBy(paid, fee), refunds.map(fen))).toEqual(expected);
  });

  test('is of the payment that it goes back on: 5.30 were taken, of which this channel took 0.30', () => {
    expect(amounts(paidBy('50.00', '0.30'), piece('50.00', '94.70', '5.30'))).toEqual([[30n, 30n]]);
    // What is left then is all of the other payment: 50.00, of which 5.00 are fee.
    expect(amounts(paidBy('50.00', '5.00'), piece('50.00', '45.00', '5.00'))).toEqual([[500n, 500n]]);
  });

  test('is paid by the bearer where the channel keeps its fee', () => {
    const kept = paidBy('100.00', '0.60', { isRefundable: false });
    expect(amounts(kept, piece('80.00', '99.40', '0.60'))).toEqual([[48n, 0n]]);
  });

  test('is shared by what goes back of each sub-order, and never above what is left of its fee', () => {
    const two = [piece('60.00', '59.64', '0.36'), piece('40.00', '39.76', '0.24')];
    expect(amounts(paidBy('100.00', '0.60'), ...two)).toEqual([
      [36n, 36n],
      [24n, 24n],
    ]);
    // The whole of the second was given by a funder: its part of the fee has come back by the first, and goes there.
    const funded = [piece('50.00', '49.70', '0.30'), piece('50.00', '49.70', '0.30', '0.00')];
    expect(amounts(paidBy('50.00', '0.60'), ...funded)).toEqual([
      [30n, 30n],
      [30n, 30n],
    ]);
  });

  test('is what nobody else holds, and of that the channel gives no more than it took', () => {
    // By proportion 0.20; 39.66 are held, and 0.30 is all that the channel took.
    expect(amounts(paidBy('60.00', '0.30'), piece('40.00', '39.66', '0.34'))).toEqual([[34n, 30n]]);
  });

  test.each([
    ['a fee above what was paid', paidBy('1.00', '1.01'), piece('0.01', '1.00', '0.00')],
    ['more than was paid', paidBy('1.00', '0.01', { backBefore: 51n }), piece('0.50', '1.00', '0.00')],
    ['more than is left', paidBy('1.00', '0.01'), piece('0.50', '0.40', '0.01')],
    ['a negative refund', paidBy('1.00', '0.01'), piece('-0.01', '1.00', '0.01')],
  ])('cannot be told of %s', (_, payment, asked) => {
    expect(() => feeBacks(payment, [asked])).toThrow(RangeError);
  });

  test('adds up to the whole fee over any refunds, none negative, none above its refund', () => {
    const drawn = fc.record({
      paid: fc.bigInt(1n, 10n ** 8n),
      feeMillionths: fc.bigInt(0n, 1_000_000n),
      cuts: fc.array(fc.bigInt(0n, 1_000_000n), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(drawn, ({ paid, feeMillionths, cuts }) => {
        const fee = (paid * feeMillionths) / 1_000_000n;
        let left = paid;
        const refunds = [...cuts, 1_000_000n].map((cut) => {
          const refund = (left * cut) / 1_000_000n;
          left -= refund;
          return refund;
        });
        const found = parts({ paid, fee, backBefore: 0n, feeBefore: 0n, isRefundable: true }, refunds);
        expect(found.every((part, place) => part >= 0n && part <= (refunds[place] ?? 0n))).toBe(true);
        expect(found.reduce((total, part) => total + part, 0n)).toBe(fee);
      }),
    );
  });
});
