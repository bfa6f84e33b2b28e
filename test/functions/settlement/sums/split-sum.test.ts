import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAggregate } from '../../../../functions/settlement/rules/check-aggregate.ts';
import { termsFor } from '../../../../functions/settlement/splits/merchants-line.ts';
import { splitOrder } from '../../../../functions/settlement/splits/split-order.ts';
import type { SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { barredOn, type SplitSumBy, splitSum } from '../../../../functions/settlement/sums/split-sum.ts';
import type { SumBase, SumState } from '../../../../functions/settlement/sums/sum.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { anyTerms } from '../splits/arbitrary-terms.ts';

const sellerId = 'mer_potter';
/** 1:1:1 among the potter, the teahouse and the van. */
const thirds: SplitTerms = {
  base: 'PAID',
  method: 'RATIO',
  lines: [
    { sequence: 1, share: { kind: 'WEIGHT', weight: 1n } },
    { sequence: 2, receiver: 'mer_teahouse', share: { kind: 'WEIGHT', weight: 1n } },
    { sequence: 3, receiver: 'mer_van', share: { kind: 'WEIGHT', weight: 1n } },
  ],
  feeBearer: { kind: 'MERCHANT' },
};
const by = (more: Partial<SplitSumBy> = {}): SplitSumBy => {
  return { rule: { ...thirds, failureMode: 'ALL_OR_NOTHING' }, sellerId, merchants: new Map(), ...more };
};
const base = (orders: bigint, paid: bigint, fee = 0n, more: Partial<SumBase> = {}): SumBase => {
  return { orders, order: paid, paid, cash: paid, fee, coupons: 0n, ...more };
};
const given = ({ shares }: ReturnType<typeof splitSum>) => shares.map(({ receiver, amount }) => [receiver, amount]);
const suspended = new Map([['mer_van', { state: 'SUSPENDED' as const }]]);

describe('a sum of orders', () => {
  it('is rounded once: three orders of 0.10 by thirds are 0.10 each, where each by itself makes 0.12, 0.09 and 0.09', () => {
    expect(given(splitSum(base(3n, 30n), by()))).toEqual([
      [sellerId, 10n],
      ['mer_teahouse', 10n],
      ['mer_van', 10n],
    ]);
    // 10 by 1:1:1 is 4, 3 and 3, three times over.
    const single = splitOrder(termsFor(thirds, sellerId), { order: 10n, paid: 10n, fee: 0n });
    expect(single).toMatchObject({ split: { legs: [{ amount: 4n }, { amount: 3n }, { amount: 3n }] } });
  });

  it('takes the fee of all of them from who bears it', () => {
    expect(given(splitSum(base(2n, 30_000n, 181n), by()))[0]).toEqual([sellerId, 9_819n]);
  });

  it('says whose share the fee was taken from, where it is not the merchant who sells, whatever the rule says', () => {
    const rule = { ...thirds, failureMode: 'PARTIAL' as const, feeBearer: { kind: 'LINE' as const, sequence: 3 } };
    const sum = base(1n, 90n, 9n);
    expect(splitSum(sum, by({ rule }))).toMatchObject({ feeBearer: 'mer_van' });
    // What the van would have had, and the fee with it, is the potter's.
    expect(splitSum(sum, by({ rule, merchants: suspended })).feeBearer).toBeUndefined();
    const whole = splitSum(sum, by({ rule: { ...rule, failureMode: 'ALL_OR_NOTHING' }, merchants: suspended }));
    expect([whole.notSplit, whole.feeBearer]).toEqual(['RECEIVER_SUSPENDED', undefined]);
    expect(splitSum(sum, by()).feeBearer).toBeUndefined();
  });

  it('reaches the tiers that its orders do not reach by themselves', () => {
    const tiers = [
      { from: 0n, basisPoints: 100n },
      { from: 10_000n, basisPoints: 500n },
    ];
    const rule = {
      ...({ base: 'PAID', method: 'RATIO', failureMode: 'ALL_OR_NOTHING' } as const),
      lines: [
        { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'TIERS', apply: 'MARGINAL', tiers } } as const,
        { sequence: 2, share: { kind: 'REMAINDER' } } as const,
      ],
    };
    // 1 % of 100.00 and 5 % of 80.00.
    expect(given(splitSum(base(2n, 18_000n), by({ rule })))).toEqual([
      ['mer_teahouse', 500n],
      [sellerId, 17_500n],
    ]);
  });

  it('takes ratios of PAID of what consumers paid, and those of ORDER of the orders before coupons', () => {
    // Of 200.00 that were ordered coupons of the market gave 20.00, and one of the merchant 10.00: 170.00 were paid.
    const couponed = base(2n, 19_000n, 0n, { order: 20_000n, cash: 17_000n, coupons: 3_000n });
    const tenth = (of: 'PAID' | 'ORDER') => {
      const lines: SplitTerms['lines'] = [
        { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'RATIO', basisPoints: 1_000n } },
        { sequence: 2, share: { kind: 'REMAINDER' } },
      ];
      const rule = { base: of, method: 'RATIO', failureMode: 'ALL_OR_NOTHING', lines } as const;
      return given(splitSum(couponed, by({ rule })));
    };
    expect(tenth('PAID')).toEqual([
      ['mer_teahouse', 1_700n],
      [sellerId, 17_300n],
    ]);
    expect(tenth('ORDER')).toEqual([
      ['mer_teahouse', 2_000n],
      [sellerId, 17_000n],
    ]);
  });

  it('gives others what the channels of its orders let them have together, and not a cent more', () => {
    // By thirds others get 20 of 30; what falls back to the merchant who sells is none of it.
    const within = splitSum(base(3n, 30n, 0n, { mostToOthers: 20n }), by());
    expect([within.notSplit, given(within).length]).toEqual([undefined, 3]);
    const above = splitSum(base(3n, 30n, 0n, { mostToOthers: 19n }), by());
    expect([above.notSplit, given(above)]).toEqual(['CHANNEL_CAP', [[sellerId, 30n]]]);
    const rule = { ...thirds, failureMode: 'PARTIAL' as const };
    const partial = splitSum(base(3n, 30n, 0n, { mostToOthers: 10n }), by({ rule, merchants: suspended }));
    expect([partial.notSplit, given(partial).length]).toEqual([undefined, 3]);
    expect(splitSum(base(1n, 30n, 0n, { mostToOthers: -5n }), by()).notSplit).toBe('CHANNEL_CAP');
  });

  it('goes to the merchant who sells on its last day, where the rule cannot split it or a receiver is suspended', () => {
    const all = splitSum(base(3n, 30n), by({ merchants: suspended }));
    expect(all).toMatchObject({ notSplit: 'RECEIVER_SUSPENDED', lacking: 0n });
    expect(given(all)).toEqual([[sellerId, 30n]]);
    const partial = { ...thirds, failureMode: 'PARTIAL' as const };
    expect(given(splitSum(base(3n, 30n), by({ rule: partial, merchants: suspended })))).toEqual([
      [sellerId, 10n],
      ['mer_teahouse', 10n],
      [sellerId, 10n],
    ]);
    const floor = { ...thirds.lines[1], sequence: 2, receiver: 'mer_teahouse', floor: 31n } as SplitTerms['lines'][0];
    const rule = { ...thirds, lines: [floor, { sequence: 4, share: { kind: 'REMAINDER' as const } }] };
    const poor = splitSum(base(1n, 30n), by({ rule: { ...rule, failureMode: 'PARTIAL' } }));
    expect([poor.notSplit, given(poor)]).toEqual(['BASE_TOO_SMALL', [[sellerId, 30n]]]);
  });

  const state = (...held: readonly bigint[]): SumState => ({
    held: held.map((one, place) => {
      return { sequence: place + 1, receiver: [sellerId, 'mer_teahouse', 'mer_van'][place] ?? '', held: one };
    }),
    ...{ lacking: 0n, splitAt: '2025-09-28T18:00:00.000Z' },
  });

  it('takes back what refunds took after the day was closed, by what each still holds', () => {
    // 0.09 of 0.10, 0.10 and 0.07: 3.33, 3.33 and 2.33 by proportion.
    const back = splitSum(base(-1n, -9n), by({ state: state(10n, 10n, 7n) }));
    expect([given(back), back.lacking]).toEqual([
      [
        [sellerId, -4n],
        ['mer_teahouse', -3n],
        ['mer_van', -2n],
      ],
      0n,
    ]);
  });

  it('takes of the merchant who sells what a person, or who has not agreed to it, would have to give back', () => {
    const company = { kind: 'COMPANY' as const, clawBackSince: '2025-09-28' };
    const person = { kind: 'PERSON' as const };
    const own = new Map<string, typeof company | typeof person>([
      ['mer_teahouse', company],
      ['mer_van', person],
    ]);
    const barred = barredOn('2025-09-28', own);
    expect([...barred]).toEqual(['mer_van']);
    expect([...barredOn('2025-09-27', new Map([['mer_teahouse', company]]))]).toEqual(['mer_teahouse']);
    const { shares } = splitSum(base(-1n, -30n), by({ barred, state: state(10n, 10n, 10n) }));
    expect(shares.map(({ receiver, from, amount }) => [receiver, from, amount])).toEqual([
      [sellerId, undefined, -10n],
      ['mer_teahouse', undefined, -10n],
      ['mer_van', sellerId, -10n],
    ]);
  });

  it('keeps what nobody has to give back, and the next of the day makes it good first', () => {
    const lacking = splitSum(base(-1n, -40n), by({ state: state(10n, 10n, 10n) }));
    expect([given(lacking).map(([, amount]) => amount), lacking.lacking]).toEqual([[-10n, -10n, -10n], -10n]);
    const next = splitSum(base(1n, 40n), by({ state: { ...state(0n, 0n, 0n), lacking: -10n } }));
    expect([given(next).map(([, amount]) => amount), next.takenOver, next.lacking]).toEqual([
      [10n, 10n, 10n],
      -10n,
      0n,
    ]);
    expect(splitSum(base(0n, 0n), by())).toMatchObject({ shares: [], lacking: 0n });
  });

  it('gives all that is in it, whatever the rule and what came before', () => {
    const rules = anyTerms.filter((terms) => checkAggregate(terms, 'BEFORE_SPLIT').length === 0);
    const amounts = fc.record({ paid: fc.bigInt(-300n, 600n), fee: fc.bigInt(-5n, 20n), lacking: fc.bigInt(-90n, 0n) });
    const held = fc.array(fc.bigInt(0n, 200n), { minLength: 3, maxLength: 3 });
    const mode = fc.constantFrom('ALL_OR_NOTHING' as const, 'PARTIAL' as const);
    const bounds = fc.record({ order: fc.bigInt(-20n, 700n), cash: fc.bigInt(-20n, 650n) });
    const cap = fc.option(fc.bigInt(-20n, 400n), { nil: undefined });
    fc.assert(
      fc.property(
        rules,
        amounts,
        held,
        mode,
        bounds,
        cap,
        (terms, { paid, fee, lacking }, holds, failureMode, more, most) => {
          const before = { ...state(...holds), lacking };
          const own: SplitTerms = terms;
          const merchants = new Map([['r1', { state: 'SUSPENDED' as const }]]);
          const what = base(1n, paid, fee, { ...more, ...(most !== undefined && { mostToOthers: most }) });
          const made = splitSum(what, by({ rule: { ...own, failureMode }, state: before, merchants }));
          const toOthers = sum(made.shares.map((one) => (one.receiver === sellerId ? 0n : one.amount)));
          expect(most === undefined || toOthers <= 0n || toOthers <= most).toBe(true);
          expect(sum(made.shares.map(({ amount }) => amount))).toBe(paid - fee + lacking - made.lacking);
          expect(made.lacking <= 0n && made.takenOver === lacking).toBe(true);
          for (const { receiver, amount } of made.shares) {
            const holding = before.held.find((one) => one.receiver === receiver)?.held ?? 0n;
            expect(amount > 0n || -amount <= holding).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
