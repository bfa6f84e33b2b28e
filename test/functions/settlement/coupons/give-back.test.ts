import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FundingLeft, giveBack } from '../../../../functions/settlement/coupons/give-back.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { afterGivingBack, fen } from '../refunds/samples.ts';

const platform = { kind: 'PLATFORM' } as const;
const brand = (party: string) => ({ kind: 'BRAND', party }) as const;
const paid: FundingLeft = {
  cash: fen('90.00'),
  subsidies: [
    { funder: brand('A'), amount: fen('6.00') },
    { funder: brand('B'), amount: fen('4.00') },
  ],
};

describe('a refund gives back', () => {
  test('cash to the consumer and to each funder, in the proportion in which they paid', () => {
    expect(giveBack(paid, fen('50.00'))).toEqual({
      cash: fen('45.00'),
      subsidies: [
        { funder: brand('A'), amount: fen('3.00') },
        { funder: brand('B'), amount: fen('2.00') },
      ],
    });
  });

  test('by largest remainder, and nothing to whom no fen falls', () => {
    // 0.07 over 90:6:4 is 6.3, 0.42 and 0.28 fen: the fen left over goes to A.
    expect(giveBack(paid, 7n)).toEqual({ cash: 6n, subsidies: [{ funder: brand('A'), amount: 1n }] });
  });

  test('by what each has not got back, so all of it in the end', () => {
    const after = afterGivingBack(paid, giveBack(paid, 7n));
    expect(giveBack(after, fen('99.93'))).toEqual({
      cash: fen('89.94'),
      subsidies: [
        { funder: brand('A'), amount: fen('5.99') },
        { funder: brand('B'), amount: fen('4.00') },
      ],
    });
  });

  test('everything where nobody funded anything, and nothing of nothing', () => {
    expect(giveBack({ cash: 1n, subsidies: [] }, 1n)).toEqual({ cash: 1n, subsidies: [] });
    expect(giveBack({ cash: 0n, subsidies: [] }, 0n)).toEqual({ cash: 0n, subsidies: [] });
  });

  test.each([fen('100.01'), -1n])('not more than was paid, nor less than nothing: %s', (refund) => {
    expect(() => giveBack(paid, refund)).toThrow(RangeError);
  });

  test('exactly what it is of, nobody more than they paid, over any sequence', () => {
    const amount = fc.bigInt(0n, 10n ** 7n);
    const left = fc.record({ cash: amount, subsidies: fc.array(amount, { maxLength: 5 }) }).map(
      ({ cash, subsidies }): FundingLeft => ({
        cash,
        subsidies: subsidies.map((one, index) => ({ funder: index === 0 ? platform : brand(`${index}`), amount: one })),
      }),
    );
    const all = ({ cash, subsidies }: FundingLeft) => [cash, ...subsidies.map((one) => one.amount)];
    fc.assert(
      fc.property(left, fc.array(fc.bigInt(0n, 1_000_000n), { maxLength: 15 }), (from, cuts) => {
        let now = from;
        for (const cut of [...cuts, 1_000_000n]) {
          const refund = (sum(all(now)) * cut) / 1_000_000n;
          const next = afterGivingBack(now, giveBack(now, refund));
          expect(sum(all(now)) - sum(all(next))).toBe(refund);
          expect(all(next).every((one, index) => one >= 0n && one <= (all(now)[index] ?? 0n))).toBe(true);
          now = next;
        }
        expect(all(now).every((one) => one === 0n)).toBe(true);
      }),
    );
  });
});
