import { larger, smaller } from '../../../shared/money/compare.ts';
import { divideHalfUp } from '../../../shared/money/rounding.ts';
import { MILLIONTHS_ONE, type Rate, type Tariff } from './rail.ts';

/** What an item of `minor` units pays, in minor units. Each of fee and surcharge is rounded once, half up. */
export function feeOf({ bands, above, urgent }: Tariff, minor: bigint, isUrgent: boolean): bigint {
  const fee = bands.find(({ upTo }) => minor <= upTo)?.fee ?? rateFee(above, minor);
  if (!isUrgent || urgent === undefined) return fee;
  const dearer = fee + divideHalfUp(fee * BigInt(urgent.percent), 100n);
  // A cap below the plain fee cuts the surcharge off, never the fee: urgent is not cheaper.
  return urgent.cap === undefined ? dearer : smaller(dearer, larger(fee, urgent.cap));
}

function rateFee({ millionths, floor = 0n, cap }: Rate, minor: bigint): bigint {
  const fee = larger(floor, divideHalfUp(minor * BigInt(millionths), BigInt(MILLIONTHS_ONE)));
  return cap === undefined ? fee : smaller(fee, cap);
}
