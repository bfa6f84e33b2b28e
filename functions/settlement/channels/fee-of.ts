import { larger, smaller } from '../../../shared/money/compare.ts';
import { basisPointsHalfUp } from '../../../shared/money/rounding.ts';
import type { ChannelFee } from './channel.ts';

/**
 * What a channel takes of a payment, minor units. `settled` is what the consumer pays and what others than the merchant give towards
 * it. The ratio is rounded once, half up; the bounds hold for ratio and fixed part together. Never more than the amount itself, so a
 * payment smaller than the minimum is taken whole.
 *
 * @example 0.6 % of 100.00 are 0.60; of 0.83 they are 0.00498, so 0.00; of 0.84, 0.00504, so 0.01.
 */
export function feeOf({ basisPoints, fixed, minimum = 0n, maximum }: ChannelFee, settled: bigint): bigint {
  const fee = larger(minimum, basisPointsHalfUp(settled, basisPoints) + fixed);
  return smaller(settled, maximum === undefined ? fee : smaller(fee, maximum));
}
