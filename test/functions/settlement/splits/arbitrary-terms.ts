import fc from 'fast-check';
import { checkTerms } from '../../../../functions/settlement/splits/check-terms.ts';
import type { SplitAmounts } from '../../../../functions/settlement/splits/split.ts';
import type {
  FeeBearer,
  Share,
  SplitLine,
  SplitTerms,
  Tier,
} from '../../../../functions/settlement/splits/split-rule.ts';

const basisPoints = fc.oneof(fc.bigInt(1n, 4_000n), fc.constantFrom(2_500n, 3_333n, 3_334n, 5_000n, 7_500n, 10_000n));

const tiers = fc
  .array(fc.tuple(fc.bigInt(1n, 300n), basisPoints), { minLength: 1, maxLength: 4 })
  .map((steps): Tier[] => {
    const ascending = [...new Set(steps.map(([from]) => from))].sort((one, other) => (one < other ? -1 : 1));
    return ascending.map((from, index) => ({ from: index === 0 ? 0n : from, basisPoints: steps[index]?.[1] ?? 1n }));
  });

const ratioShare: fc.Arbitrary<Share> = fc.oneof(
  basisPoints.map((points): Share => ({ kind: 'RATIO', basisPoints: points })),
  fc.record({
    kind: fc.constant('TIERS' as const),
    tiers,
    apply: fc.constantFrom('MARGINAL' as const, 'WHOLE' as const),
  }),
);
const weightShare = fc.bigInt(1n, 9n).map((weight): Share => ({ kind: 'WEIGHT', weight }));
const fixedShare = fc.bigInt(1n, 60n).map((amount): Share => ({ kind: 'FIXED', amount }));

const shares = fc
  .tuple(
    fc.array(fixedShare, { maxLength: 2 }),
    fc.oneof(fc.array(ratioShare, { maxLength: 4 }), fc.array(weightShare, { maxLength: 5 })),
    fc.boolean(),
  )
  .map(([fixed, parts, rest]): Share[] => [...fixed, ...parts, ...(rest ? [{ kind: 'REMAINDER' } as const] : [])]);

const bound = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.bigInt(1n, 120n) });

/** Terms without faults, of all kinds, whose lines stand in any order; the merchant may have one of them. */
export const anyTerms: fc.Arbitrary<SplitTerms> = shares
  .chain((all) =>
    fc.record({
      all: fc.shuffledSubarray(all, { minLength: all.length }),
      bounds: fc.array(fc.tuple(bound, bound), { minLength: all.length, maxLength: all.length }),
      own: fc.integer({ min: -1, max: all.length - 1 }),
      step: fc.integer({ min: 1, max: 7 }),
      base: fc.constantFrom('ORDER' as const, 'PAID' as const, 'NET_OF_FEE' as const),
      bearer: fc.option(fc.integer({ min: -2, max: all.length }), { nil: undefined }),
      lifetimeCapBasisPoints: fc.option(fc.bigInt(5_000n, 10_000n), { nil: undefined, freq: 2 }),
    }),
  )
  .map(({ all, bounds, own, step, base, bearer, lifetimeCapBasisPoints }): SplitTerms => {
    const lines = all.map((share, index): SplitLine => {
      const [cap, floor] = share.kind === 'FIXED' ? [] : (bounds[index] ?? []);
      return {
        sequence: 1 + ((index * step) % 53) + (step > 3 ? 0 : index * 60),
        ...(index !== own && { receiver: `r${index}` }),
        share,
        ...(cap !== undefined && { cap }),
        ...(floor !== undefined && { floor }),
      };
    });
    const kinds = new Set(all.map(({ kind }) => kind));
    const hasParts = kinds.has('RATIO') || kinds.has('WEIGHT') || kinds.has('TIERS');
    const method = !hasParts ? 'FIXED' : kinds.has('FIXED') ? 'FIXED_THEN_RATIO' : 'RATIO';
    const feeBearer = base === 'NET_OF_FEE' ? undefined : bearerOf(bearer, lines);
    return {
      base,
      method,
      lines,
      ...(feeBearer && { feeBearer }),
      ...(lifetimeCapBasisPoints !== undefined && { lifetimeCapBasisPoints }),
    };
  })
  .filter((terms) => checkTerms(terms).length === 0);

function bearerOf(place: number | undefined, lines: readonly SplitLine[]): FeeBearer | undefined {
  if (place === undefined) return undefined;
  if (place < 0) return { kind: place === -1 ? 'MERCHANT' : 'REMAINDER' };
  const line = lines[place];
  return line && { kind: 'LINE', sequence: line.sequence };
}

/** Small amounts, so that remainders and bounds matter; paid is the order, or less or more, and a part of it may be given by others. */
export const anyAmounts: fc.Arbitrary<SplitAmounts> = fc
  .record({
    order: fc.bigInt(0n, 400n),
    difference: fc.oneof({ weight: 2, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: fc.bigInt(-60n, 60n) }),
    fee: fc.oneof(fc.constant(0n), fc.bigInt(0n, 12n)),
    givenBefore: fc.oneof(fc.constant(0n), fc.bigInt(0n, 100n)),
    subsidy: fc.oneof(fc.constant(0n), fc.bigInt(0n, 60n)),
  })
  .map(({ order, difference, subsidy, ...rest }) => {
    const paid = order + difference < 0n ? 0n : order + difference;
    return { order, paid, ...rest, ...(subsidy > 0n && { cash: paid < subsidy ? 0n : paid - subsidy }) };
  });
