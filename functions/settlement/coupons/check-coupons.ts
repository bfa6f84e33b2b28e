import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Coupon, type CouponedSubOrder, funderKey } from './coupon.ts';

/** Why coupons cannot be used. `coupon` and `share` are indexes; amounts in minor units. The edge makes a problem of it. */
export type CouponFault =
  | { readonly code: 'AMOUNT_NOT_ABOVE_ZERO' | 'COUPON_TWICE' | 'SUB_ORDER_UNKNOWN'; readonly coupon: number }
  | { readonly code: 'SHARE_NOT_ABOVE_ZERO' | 'FUNDER_TWICE'; readonly coupon: number; readonly share: number }
  | { readonly code: 'SHARES_NOT_WHOLE'; readonly coupon: number; readonly basisPoints: bigint }
  | {
      readonly code: 'COUPONS_ABOVE_SUB_ORDER';
      readonly subOrderId: string;
      readonly available: bigint;
      readonly asked: bigint;
    }
  | { readonly code: 'COUPONS_ABOVE_ORDER'; readonly available: bigint; readonly asked: bigint };

/** What is wrong with coupons, the first thing of each; nothing where they can be used. As much as the order costs is allowed. */
export function couponFaults(subOrders: readonly CouponedSubOrder[], coupons: readonly Coupon[]): CouponFault[] {
  const ids = new Set(subOrders.map(({ id }) => id));
  const faults = coupons.flatMap((coupon, index) => {
    const fault = oneFault(coupon, index, ids, coupons);
    return fault ? [fault] : [];
  });
  return faults.length > 0 ? faults : sumFaults(subOrders, coupons);
}

function oneFault(
  { id, amount, subOrderId, funding }: Coupon,
  coupon: number,
  subOrderIds: ReadonlySet<string>,
  all: readonly Coupon[],
): CouponFault | undefined {
  if (amount <= 0n) return { code: 'AMOUNT_NOT_ABOVE_ZERO', coupon };
  if (all.findIndex((one) => one.id === id) < coupon) return { code: 'COUPON_TWICE', coupon };
  if (subOrderId !== undefined && !subOrderIds.has(subOrderId)) return { code: 'SUB_ORDER_UNKNOWN', coupon };
  const keys = funding.map(({ funder }) => funderKey(funder));
  for (const [share, { basisPoints }] of funding.entries()) {
    if (basisPoints <= 0n) return { code: 'SHARE_NOT_ABOVE_ZERO', coupon, share };
    if (keys.indexOf(keys[share] ?? '') < share) return { code: 'FUNDER_TWICE', coupon, share };
  }
  const basisPoints = sum(funding.map((share) => share.basisPoints));
  return basisPoints === BASIS_POINTS_ONE ? undefined : { code: 'SHARES_NOT_WHOLE', coupon, basisPoints };
}

function sumFaults(subOrders: readonly CouponedSubOrder[], coupons: readonly Coupon[]): CouponFault[] {
  const faults: CouponFault[] = subOrders.flatMap(({ id: subOrderId, amount: available }) => {
    const asked = sum(coupons.filter((one) => one.subOrderId === subOrderId).map(({ amount }) => amount));
    return asked > available ? [{ code: 'COUPONS_ABOVE_SUB_ORDER' as const, subOrderId, available, asked }] : [];
  });
  const available = sum(subOrders.map(({ amount }) => amount));
  const asked = sum(coupons.map(({ amount }) => amount));
  return asked > available ? [...faults, { code: 'COUPONS_ABOVE_ORDER', available, asked }] : faults;
}
