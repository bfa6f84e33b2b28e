/** Values of which every subset is looked at, at most: each half then has 4,096 of them. */
export const subsetValuesMax = 24;

/**
 * Subsets, not empty, whose values add up to a sum: the places of each in rising order, no more subsets than `max`. Exact, all
 * subsets of any size; half of the values against the other half, so 2^(n/2) steps. Values above zero. Throws RangeError
 * above `subsetValuesMax` values.
 *
 * @example subsetsOfSum([120000n, 345050n, 78025n, 201975n, 500000n], 625050n, 2) // [[1, 2, 3]]
 */
export function subsetsOfSum(values: readonly bigint[], target: bigint, max: number): number[][] {
  if (values.length > subsetValuesMax) throw new RangeError(`At most ${subsetValuesMax} values are searched.`);
  const half = values.length >> 1;
  const left = sumsOf(values.slice(0, half));
  const masksBySum = new Map<bigint, number[]>();
  for (const [mask, total] of left.entries()) {
    // Values are above zero: what is too much already is part of nothing.
    if (total > target) continue;
    const masks = masksBySum.get(total);
    if (masks) masks.push(mask);
    else masksBySum.set(total, [mask]);
  }
  const found: number[][] = [];
  for (const [rightMask, total] of sumsOf(values.slice(half)).entries()) {
    if (total > target) continue;
    for (const leftMask of masksBySum.get(target - total) ?? []) {
      if (rightMask === 0 && leftMask === 0) continue;
      if (found.length === max) return found;
      found.push([...placesOf(leftMask, 0), ...placesOf(rightMask, half)]);
    }
  }
  return found;
}

/** The sum of each subset, the subset as the bits of its place in the list. */
function sumsOf(values: readonly bigint[]): bigint[] {
  const sums = [0n];
  for (const value of values) {
    const without = sums.length;
    for (let mask = 0; mask < without; mask += 1) sums.push((sums[mask] ?? 0n) + value);
  }
  return sums;
}

function placesOf(mask: number, from: number): number[] {
  const places: number[] = [];
  for (let at = 0; mask >> at > 0; at += 1) if ((mask >> at) & 1) places.push(from + at);
  return places;
}
