import type { OrderFigures } from '../order-figures.ts';
import type { OrderSums } from '../order-sums.ts';

/** What goes into sums of a day is the receivers' once these are split, and supervised before. `given` is what they gave. */
export function sumsGiven({ sums, takenOfShares }: Omit<OrderFigures, 'gains'>, given: bigint): OrderSums {
  const { shares, supervised, summed } = sums;
  return {
    ...sums,
    shares: shares + given - takenOfShares,
    supervised: supervised + summed + takenOfShares - given,
    summed: 0n,
  };
}
