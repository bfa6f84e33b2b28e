import { allocate } from '../../../shared/money/allocate.ts';
import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Share, SplitLine } from './split-rule.ts';
import { tierParts } from './tier-parts.ts';

/** Whether a share is a part of a whole: by a ratio, a weight or tiers. */
export function isProportional({ kind }: Share): boolean {
  return kind === 'RATIO' || kind === 'WEIGHT' || kind === 'TIERS';
}

/**
 * What proportional lines get of a whole, before caps and floors, in minor units and in the order of the lines. Where they add
 * up to 100 % of this whole, the parts add up to it: largest remainder, ties to the earlier line. Where they do not, each is
 * floored.
 */
export function proportionalShares(lines: readonly SplitLine[], whole: bigint): bigint[] {
  const { parts, denominator } = exactShares(lines, whole);
  if (whole > 0n && sum(parts) === whole * denominator) return allocate(whole, parts);
  return parts.map((part) => part / denominator);
}

/**
 * Whether lines ask for less than a whole, for 100 % of it, exactly, or for more. Weights always make 100 %; ratios go by their
 * basis points, and each tier by what it makes of this whole, so that lines with tiers can add up at one height and not at another.
 */
export function compareToWhole(lines: readonly SplitLine[], whole: bigint): 'LESS' | 'ALL' | 'MORE' {
  const { parts, denominator } = exactShares(lines, whole);
  const [asked, all] = [sum(parts), whole * denominator];
  return asked < all ? 'LESS' : asked === all ? 'ALL' : 'MORE';
}

/** The shares without rounding, as fractions of one denominator. */
function exactShares(lines: readonly SplitLine[], whole: bigint): { parts: bigint[]; denominator: bigint } {
  const weights = sum(lines.map(({ share }) => (share.kind === 'WEIGHT' ? share.weight : 0n)));
  return {
    parts: lines.map(({ share }) => exactPart(share, whole)),
    denominator: weights > 0n ? weights : BASIS_POINTS_ONE,
  };
}

function exactPart(share: Share, whole: bigint): bigint {
  switch (share.kind) {
    case 'RATIO':
      return whole * share.basisPoints;
    case 'WEIGHT':
      return whole * share.weight;
    case 'TIERS':
      return sum(tierParts(share, whole).map(({ amount, basisPoints }) => amount * basisPoints));
    default:
      return 0n;
  }
}
