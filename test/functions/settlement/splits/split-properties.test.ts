import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Split, SplitAmounts, SplitDecision } from '../../../../functions/settlement/splits/split.ts';
import { splitOrder } from '../../../../functions/settlement/splits/split-order.ts';
import type { SplitLine, SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { testSeed } from '../../../support/random.ts';
import { anyAmounts, anyTerms } from './arbitrary-terms.ts';
import { referenceSplit } from './reference-split.ts';

const seed = testSeed();
const runs = { numRuns: 500, seed };

describe(`any terms and any amounts (seed ${seed})`, () => {
  test('give what exact fractions worked unit by unit give, or are refused for the same reason', () => {
    fc.assert(
      fc.property(anyTerms, anyAmounts, (terms, amounts) => {
        const decision = splitOrder(terms, amounts);
        expect(outcomeOf(terms, decision)).toEqual(outcomeOfReference(referenceSplit(terms, amounts)));
      }),
      runs,
    );
  });

  test('give legs that add up to what was paid less the fee, each above zero and as it says of itself', () => {
    ofSplits((terms, amounts, { legs, borne }) => {
      expect(sum(legs.map(({ amount }) => amount))).toBe(amounts.paid - amounts.fee);
      for (const { amount, fee } of legs) expect(amount > 0n && fee >= 0n).toBe(true);
      expect(borne?.fee ?? 0n).toBe(terms.base === 'NET_OF_FEE' ? 0n : amounts.fee);
      for (const leg of legs) expect(leg.fee).toBe(leg.sequence === borne?.sequence ? amounts.fee : 0n);
    });
  });

  test('leave fixed legs as they stand in the terms', () => {
    ofSplits((terms, _, { legs }) => {
      const fixed = terms.lines.flatMap(({ sequence, share }) =>
        share.kind === 'FIXED' ? [{ sequence, amount: share.amount, fee: 0n }] : [],
      );
      for (const leg of fixed) expect(legs).toContainEqual(expect.objectContaining(leg));
    });
  });

  test('keep every share but the merchant’s rest within its cap and its floor, before the fee', () => {
    ofSplits((terms, _, { legs }) => {
      for (const { sequence, amount, fee } of legs) {
        const line = terms.lines.find((one) => one.sequence === sequence);
        if (line?.cap !== undefined) expect(amount + fee).toBeLessThanOrEqual(line.cap);
        if (line?.floor !== undefined) expect(amount + fee).toBeGreaterThanOrEqual(line.floor);
      }
    });
  });

  test('do not care in which order the lines stand', () => {
    const shuffled = anyTerms.chain((terms) =>
      fc.tuple(fc.constant(terms), fc.shuffledSubarray([...terms.lines], { minLength: terms.lines.length })),
    );
    fc.assert(
      fc.property(shuffled, anyAmounts, ([terms, lines], amounts) => {
        expect(splitOrder({ ...terms, lines }, amounts)).toEqual(splitOrder(terms, amounts));
      }),
      runs,
    );
  });
});

test(`of equal lines by weight the lower sequences get the odd fen, and nobody gets two of them (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.bigInt(0n, 10n ** 16n), (count, paid) => {
      const lines = Array.from({ length: count }, (_, index): SplitLine => {
        return { sequence: index + 1, receiver: `r${index}`, share: { kind: 'WEIGHT', weight: 1n } };
      });
      const split = splitted({ base: 'PAID', method: 'RATIO', lines }, { order: paid, paid, fee: 0n });
      const odd = paid % BigInt(count);
      const expected = lines.map((_, index) => paid / BigInt(count) + (BigInt(index) < odd ? 1n : 0n));
      expect(split?.legs.map(({ amount }) => amount)).toEqual(expected.filter((amount) => amount > 0n));
    }),
    runs,
  );
});

test(`amounts times ten thousand, of which every ratio is whole, are split to the exact shares (seed ${seed})`, () => {
  const ratios = fc.array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(ratios, fc.bigInt(1n, 10n ** 14n), (basisPoints, scale) => {
      const lines = basisPoints.map((points, index): SplitLine => {
        return { sequence: index + 1, receiver: `r${index}`, share: { kind: 'RATIO', basisPoints: points } };
      });
      const paid = scale * 10_000n;
      const split = splitted({ base: 'PAID', method: 'RATIO', lines }, { order: paid, paid, fee: 0n });
      const rest = 10_000n - sum(basisPoints);
      expect(split?.legs.map(({ amount }) => amount)).toEqual(
        [...basisPoints, rest].map((points) => points * scale).filter((amount) => amount > 0n),
      );
    }),
    runs,
  );
});

function ofSplits(check: (terms: SplitTerms, amounts: SplitAmounts, split: Split) => void): void {
  fc.assert(
    fc.property(anyTerms, anyAmounts, (terms, amounts) => {
      const split = splitted(terms, amounts);
      fc.pre(split !== undefined);
      check(terms, amounts, split);
    }),
    runs,
  );
}

function splitted(terms: SplitTerms, amounts: SplitAmounts): Split | undefined {
  const decision = splitOrder(terms, amounts);
  return decision.outcome === 'SPLIT' ? decision.split : undefined;
}

/** Amounts by sequence, above zero, 0 for the merchant without a line; or the code of the fault. */
function outcomeOf({ lines }: SplitTerms, decision: SplitDecision): [number, bigint][] | string {
  if (decision.outcome === 'REFUSED') return decision.fault.code;
  const sequences = new Set(lines.map(({ sequence }) => sequence));
  const amounts = decision.split.legs.map(({ sequence, amount }): [number, bigint] => [
    sequences.has(sequence) ? sequence : 0,
    amount,
  ]);
  return amounts.sort(([one], [other]) => one - other);
}

function outcomeOfReference(reference: ReturnType<typeof referenceSplit>): [number, bigint][] | string {
  if (typeof reference === 'string') return reference;
  return [...reference].filter(([, amount]) => amount > 0n).sort(([one], [other]) => one - other);
}
