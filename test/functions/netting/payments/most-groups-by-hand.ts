/**
 * The most groups that add up to zero, found by looking at every partition: for the first value every group that it may be in,
 * and so on for what is left. Slow and plain, to hold the search against.
 */
export function mostGroupsByPartitions(values: readonly bigint[]): number {
  const [first, ...others] = values;
  if (first === undefined) return 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let chosen = 0; chosen < 2 ** others.length; chosen += 1) {
    const isChosen = (_: bigint, at: number) => Math.floor(chosen / 2 ** at) % 2 === 1;
    const sum = others.filter(isChosen).reduce((total, value) => total + value, first);
    if (sum !== 0n) continue;
    const left = others.filter((value, at) => !isChosen(value, at));
    most = Math.max(most, 1 + mostGroupsByPartitions(left));
  }
  return most;
}
