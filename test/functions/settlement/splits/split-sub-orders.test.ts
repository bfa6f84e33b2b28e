import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { splitSubOrders } from '../../../../functions/settlement/splits/split-sub-orders.ts';
import { sum } from '../../../../shared/money/sum.ts';

const terms: SplitTerms = {
  base: 'PAID',
  method: 'RATIO',
  lines: [
    { sequence: 1, receiver: 'mer_a', share: { kind: 'RATIO', basisPoints: 1_000n } },
    { sequence: 2, share: { kind: 'REMAINDER' } },
  ],
};
const sold = (merchantId: string, amount: bigint) => ({ merchantId, order: amount, paid: amount });

describe('the sub-orders of one order', () => {
  it('share the channel’s fee by what was paid for each: 0.10 of 10.00, 20.00 and 30.00 is 0.02, 0.03 and 0.05', () => {
    const result = splitSubOrders(terms, [sold('mer_b', 1_000n), sold('mer_b', 2_000n), sold('mer_b', 3_000n)], {
      fee: 10n,
    });
    if (result.outcome !== 'SPLIT') throw new Error(result.fault.code);
    // 1.67, 3.33 and 5 of 10: floored 1, 3 and 5, the one left to the largest remainder, the first.
    expect(result.splits.map(({ fee }) => fee)).toEqual([2n, 3n, 5n]);
    expect(result.splits.map(({ split }) => split.legs.map(({ amount }) => amount))).toEqual([
      [100n, 898n],
      [200n, 1_797n],
      [300n, 2_695n],
    ]);
  });

  it('are split as their merchant has it: its own line is not given away', () => {
    const result = splitSubOrders(terms, [sold('mer_a', 1_000n), sold('mer_b', 1_000n)], { fee: 0n });
    if (result.outcome !== 'SPLIT') throw new Error(result.fault.code);
    expect(result.splits[0]?.split.legs.every(({ receiver }) => receiver === undefined)).toBe(true);
    expect(result.splits[1]?.split.legs[0]).toMatchObject({ receiver: 'mer_a', amount: 100n });
  });

  it('have one lifetime cap together: exactly 10 % of the whole order is allowed, one fen more before it is not', () => {
    const capped = { ...terms, lifetimeCapBasisPoints: 1_000n };
    const orders = [sold('mer_b', 1_000n), sold('mer_b', 2_000n)];
    expect(splitSubOrders(capped, orders, { fee: 0n })).toMatchObject({ outcome: 'SPLIT' });
    expect(splitSubOrders(capped, orders, { fee: 0n, givenBefore: 1n })).toEqual({
      ...{ outcome: 'REFUSED', place: 1 },
      fault: { code: 'LIFETIME_CAP', room: 199n, asked: 200n },
    });
  });

  it('for which nothing was paid cannot bear a fee', () => {
    expect(splitSubOrders(terms, [{ ...sold('mer_b', 0n) }], { fee: 1n })).toMatchObject({
      ...{ outcome: 'REFUSED', place: 0 },
      fault: { code: 'FEE_NOT_COVERED' },
    });
  });

  it('give what was paid less the fee, whatever the amounts', () => {
    const amounts = fc.array(fc.bigInt({ min: 100n, max: 10n ** 12n }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 80n }), (paid, fee) => {
        const result = splitSubOrders(
          terms,
          paid.map((amount) => sold('mer_b', amount)),
          { fee },
        );
        if (result.outcome !== 'SPLIT') throw new Error(result.fault.code);
        const legs = result.splits.flatMap(({ split }) => split.legs.map(({ amount }) => amount));
        expect(sum(legs)).toBe(sum(paid) - fee);
      }),
    );
  });
});
