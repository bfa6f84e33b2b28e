/** The smaller of two amounts. */
export function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** The larger of two amounts. */
export function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

/** The amount, or nothing where it is negative. */
export function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
