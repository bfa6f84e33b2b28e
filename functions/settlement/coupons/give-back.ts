import { allocate } from '../../../shared/money/allocate.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Subsidy } from './coupon.ts';

/** What was paid towards a sub-order and has not been given back. Minor units, never below zero. */
export interface FundingLeft {
  /** By the consumer. */
  readonly cash: bigint;
  /** By the funders of its coupons; what a merchant gave by itself moved no money and does not come back. */
  readonly subsidies: readonly Subsidy[];
}

/** To whom a refund goes; the parts add up to it, and none of the subsidies is zero. */
export type GivenBack = FundingLeft;

/**
 * How a refund of a sub-order is given back: the consumer and each funder in the proportion in which they paid, by what they have not
 * got back yet, largest remainder. So nobody gets more than was paid, and refunding everything ends at zero, after any refunds
 * before. Throws RangeError where the refund is negative or above what is left.
 *
 * @example 50.00 of an order of 100.00 of which the platform paid 10.00: 45.00 to the consumer, 5.00 to the platform.
 */
export function giveBack({ cash, subsidies }: FundingLeft, refund: bigint): GivenBack {
  const left = [cash, ...subsidies.map(({ amount }) => amount)];
  if (refund < 0n || refund > sum(left)) throw new RangeError('More is given back than was paid.');
  if (refund === 0n) return { cash: 0n, subsidies: [] };
  const [toConsumer = 0n, ...shares] = allocate(refund, left);
  const toFunders = subsidies.map(({ funder }, index) => ({ funder, amount: shares[index] ?? 0n }));
  return { cash: toConsumer, subsidies: toFunders.filter(({ amount }) => amount > 0n) };
}
