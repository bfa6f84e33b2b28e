import type { Tier, TieredShare } from './split-rule.ts';

/** A ratio and what it is taken of, in minor units. */
export interface TierPart extends Tier {
  readonly amount: bigint;
}

/**
 * What each ratio of a tiered share is taken of: MARGINAL, the part of the whole within its tier; WHOLE, all of it by the tier
 * that it reaches. A tier is reached from its `from` on, that amount included. Parts of nothing are left out.
 */
export function tierParts({ tiers, apply }: TieredShare, whole: bigint): TierPart[] {
  if (whole === 0n) return [];
  if (apply === 'WHOLE') {
    const reached = tierAt(tiers, whole);
    return reached ? [{ ...reached, amount: whole }] : [];
  }
  return tiers.flatMap((tier, index) => {
    const next = tiers[index + 1]?.from ?? whole;
    const upTo = next < whole ? next : whole;
    return upTo > tier.from ? [{ ...tier, amount: upTo - tier.from }] : [];
  });
}

/** The tier that a height reaches. */
export function tierAt(tiers: readonly Tier[], height: bigint): Tier | undefined {
  return tiers.findLast(({ from }) => from <= height);
}
