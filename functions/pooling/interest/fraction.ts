import { divideHalfUp } from '../../../shared/money/rounding.ts';

/** An exact quotient, not reduced. The denominator is above zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The nearest integer, halves away from zero: the one rounding that interest goes through. */
export function roundFraction({ numerator, denominator }: Fraction): bigint {
  return divideHalfUp(numerator, denominator);
}
