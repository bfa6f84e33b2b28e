import { smaller } from '../../../../shared/money/compare.ts';
import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { basisPointsFloor } from '../../../../shared/money/rounding.ts';
import type { Tolerance } from '../open-item.ts';

/** What a bank may have kept of a payment of so much, in minor units: both limits hold, and both are inclusive. */
export function chargeMaxOf({ chargeMax, basisPointsMax }: Tolerance, currency: CurrencyCode, open: bigint): bigint {
  return smaller(chargeMax[currency] ?? 0n, basisPointsFloor(open, BigInt(basisPointsMax)));
}
