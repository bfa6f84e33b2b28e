import { magnitude } from './rounding.ts';
import { sum } from './sum.ts';

export class AllocationError extends Error {
  override readonly name = 'AllocationError';
}

/**
 * Divides a total by weights, exactly: shares always add up to the total (largest remainder, Hare quota). Each share is
 * floored; the units left over go one each to the largest remainders, ties to the lower index. A negative total mirrors
 * the positive one, so a refund of everything gives back what was given. A weight of zero gets nothing.
 * Throws AllocationError where weights are negative, missing or all zero.
 *
 * @example allocate(100n, [1n, 1n, 1n]) // [34n, 33n, 33n]
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights);
  if (weights.some((weight) => weight < 0n)) throw new AllocationError('A weight is negative.');
  if (whole === 0n) throw new AllocationError('No weight is above zero, so nothing says where the total goes.');

  const positive = magnitude(total);
  const shares = weights.map((weight) => (positive * weight) / whole);
  const left = Number(positive - sum(shares));
  for (const index of largestRemainders(positive, weights, whole, left)) shares[index] = (shares[index] ?? 0n) + 1n;
  return total < 0n ? shares.map((share) => -share) : shares;
}

/** The indexes of the `count` largest remainders. `count` is below the number of non-zero remainders. */
function largestRemainders(total: bigint, weights: readonly bigint[], whole: bigint, count: number): number[] {
  if (count === 0) return [];
  return weights
    .map((weight, index) => ({ index, remainder: (total * weight) % whole }))
    .sort((one, other) => compare(other.remainder, one.remainder) || one.index - other.index)
    .slice(0, count)
    .map(({ index }) => index);
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
