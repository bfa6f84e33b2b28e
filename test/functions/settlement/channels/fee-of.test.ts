import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelFee } from '../../../../functions/settlement/channels/channel.ts';
import { feeOf } from '../../../../functions/settlement/channels/fee-of.ts';
import { fen } from '../refunds/samples.ts';

const fee = (basisPoints: bigint, more: Partial<ChannelFee> = {}): ChannelFee => ({ basisPoints, fixed: 0n, ...more });

describe('the fee of a channel', () => {
  test.each<[string, ChannelFee, string, string]>([
    ['0.6 %', fee(60n), '100.00', '0.60'],
    ['0.6 %, 0.498 fen', fee(60n), '0.83', '0.00'],
    ['0.6 %, 0.504 fen', fee(60n), '0.84', '0.01'],
    ['0.5 %, half a fen, up', fee(50n), '1.00', '0.01'],
    ['0.5 %, one fen and a half, up', fee(50n), '3.00', '0.02'],
    ['0.5 %, two fen and a half, up and not to even', fee(50n), '5.00', '0.03'],
    ['1.00 each and 0.6 %', fee(60n, { fixed: fen('1.00') }), '100.00', '1.60'],
    ['at least 0.10', fee(60n, { minimum: 10n }), '16.65', '0.10'],
    ['at least 0.10, passed', fee(60n, { minimum: 10n }), '17.50', '0.11'],
    ['at most 25.00', fee(60n, { maximum: fen('25.00') }), '4,166.67', '25.00'],
    ['at most 25.00, not reached', fee(60n, { maximum: fen('25.00') }), '4,165.83', '24.99'],
    ['at most 25.00 with the fixed part', fee(60n, { fixed: 100n, maximum: fen('25.00') }), '4,100.00', '25.00'],
    ['at least 0.10 of a payment of 0.05: all of it', fee(60n, { minimum: 10n }), '0.05', '0.05'],
    ['1.00 each of nothing', fee(0n, { fixed: 100n }), '0.00', '0.00'],
    ['nothing', fee(0n), '100.00', '0.00'],
  ])('of %s', (_, terms, settled, expected) => {
    expect(feeOf(terms, fen(settled))).toBe(fen(expected));
  });

  test('is never above the payment, and never less for more', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    const bounds = fc.record({
      basisPoints: fc.bigInt(0n, 10_000n),
      fixed: fc.bigInt(0n, 1_000n),
      minimum: amount,
      over: amount,
    });
    fc.assert(
      fc.property(amount, amount, bounds, (one, other, { over, ...terms }) => {
        const bounded = { ...terms, maximum: terms.minimum + over };
        const [small, large] = one < other ? [one, other] : [other, one];
        expect(feeOf(bounded, small)).toBeLessThanOrEqual(feeOf(bounded, large));
        expect(feeOf(bounded, small)).toBeLessThanOrEqual(small);
      }),
    );
  });
});
