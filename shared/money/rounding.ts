/** One basis point is a ten-thousandth. */
export const BASIS_POINTS_ONE = 10_000n;

/**
 * The quotient rounded to the nearest integer, halves away from zero: divideHalfUp(-5n, 2n) is -3n. Rounding a
 * magnitude, so that a debit and the credit it mirrors always round alike. Throws RangeError on division by zero.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const divisor = magnitude(denominator);
  const quotient = (2n * magnitude(numerator) + divisor) / (2n * divisor);
  return negative ? -quotient : quotient;
}

/** The largest integer not above the quotient: divideFloor(-5n, 2n) is -3n. Throws RangeError on division by zero. */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const exact = quotient * denominator === numerator;
  return !exact && numerator < 0n !== denominator < 0n ? quotient - 1n : quotient;
}

/** A fee or tax: `amount` times a rate in basis points, half up by magnitude. 38 basis points of 100.00 are 0.38. */
export function basisPointsHalfUp(amount: bigint, basisPoints: bigint): bigint {
  return divideHalfUp(amount * basisPoints, BASIS_POINTS_ONE);
}

/** A ratio line of a split or sweep: `amount` times a rate in basis points, towards minus infinity. */
export function basisPointsFloor(amount: bigint, basisPoints: bigint): bigint {
  return divideFloor(amount * basisPoints, BASIS_POINTS_ONE);
}

/** The value without its sign. */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
