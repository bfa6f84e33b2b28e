/** Values of which every subset is looked at, at most: a million of them. */
const VALUES_MAX = 20;

/**
 * Values that add up to zero, parted into as many groups as can be that each add up to zero: the places of each group, rising.
 * Exact, by dynamic programming over subsets, O(n · 2^n): the most groups of a subset are those of the subset without one of
 * its values, whichever is best, and one more where it adds up to zero itself. The same values in the same order give the same
 * groups. No value is zero. Throws RangeError where they do not add up to zero or are more than VALUES_MAX.
 */
export function mostZeroSumGroups(values: readonly bigint[]): number[][] {
  if (values.length > VALUES_MAX) throw new RangeError(`At most ${VALUES_MAX} values are searched.`);
  const sums = sumsOf(values);
  const whole = sums.length - 1;
  if (sums[whole] !== 0n) throw new RangeError(`The values add up to ${sums[whole]}; they have to add up to zero.`);
  const most = new Uint8Array(sums.length);
  for (let subset = 1; subset <= whole; subset += 1) {
    most[subset] = bestWithoutOne(most, subset) + (sums[subset] === 0n ? 1 : 0);
  }
  return groupsFrom(sums, most);
}

/** The sum of each subset, the subset as the bits of its place in the list. */
function sumsOf(values: readonly bigint[]): bigint[] {
  const sums = [0n];
  for (const value of values) {
    const without = sums.length;
    for (let subset = 0; subset < without; subset += 1) sums.push((sums[subset] ?? 0n) + value);
  }
  return sums;
}

function bestWithoutOne(most: Uint8Array, subset: number): number {
  let best = 0;
  for (let left = subset; left !== 0; left &= left - 1) best = Math.max(best, most[subset ^ (left & -left)] ?? 0);
  return best;
}

/** Takes one value after another out again, the first that is among the best; where what is left is even, a group is done. */
function groupsFrom(sums: readonly bigint[], most: Uint8Array): number[][] {
  const groups: number[][] = [];
  let group: number[] = [];
  for (let subset = sums.length - 1; subset !== 0; ) {
    const best = bestWithoutOne(most, subset);
    let taken = subset & -subset;
    for (let left = subset; most[subset ^ taken] !== best; taken = left & -left) left &= left - 1;
    group.push(31 - Math.clz32(taken));
    subset ^= taken;
    if (sums[subset] !== 0n) continue;
    groups.push(group.sort((one, other) => one - other));
    group = [];
  }
  return groups;
}
