import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { general } from '../../../shared/problems/general.ts';
import type { CouponFault } from '../coupons/check-coupons.ts';
import type { Subsidy } from '../coupons/coupon.ts';
import { couponFaultText, toCoupon } from '../coupons/coupon-shapes.ts';
import { fundCoupons } from '../coupons/fund-coupons.ts';
import type { SubOrderAmounts } from '../splits/split-sub-orders.ts';
import type { SimulationRequest } from './simulation-shapes.ts';

/** A sub-order with what coupons make of it. Minor units. */
export interface FundedSubOrder extends SubOrderAmounts {
  readonly no?: string;
  readonly merchantGives?: bigint;
  readonly subsidies?: readonly Subsidy[];
}

/** What there is to split of a request. Problem: `request/malformed`, naming the coupon that cannot be used. */
export function fundSubOrders({ amounts, order }: SimulationRequest, currency: CurrencyCode): FundedSubOrder[] {
  if (amounts) {
    const { merchantId, order: ordered, paid } = amounts;
    return [{ ...defined({ merchantId }), order: ordered.minor, paid: paid.minor }];
  }
  const subOrders = order?.subOrders ?? [];
  const places = subOrders.flatMap(({ coupons }, place) => coupons.map((_, index) => ({ place, index })));
  const coupons = subOrders.flatMap(({ no, coupons: own }) => own.map((coupon) => toCoupon(coupon, no)));
  const funded = fundCoupons(
    subOrders.map(({ no: id, amount }) => ({ id, amount: amount.minor })),
    coupons,
  );
  if (!('subOrders' in funded)) throw notUsable(funded, places, currency, subOrders);
  return funded.subOrders.map(({ id, amount, consumerPays, settled, merchantGives, subsidies }, place) => ({
    ...{ no: id, merchantId: subOrders[place]?.merchantId ?? '', order: amount, paid: settled, cash: consumerPays },
    ...{ merchantGives, subsidies },
  }));
}

interface Place {
  readonly place: number;
  readonly index: number;
}

function notUsable(
  faults: readonly CouponFault[],
  places: readonly Place[],
  currency: CurrencyCode,
  subOrders: readonly { readonly no: string }[],
) {
  const errors = faults.map((fault) => ({
    pointer: pointerOf(fault, places, subOrders),
    detail: couponFaultText(fault, currency),
  }));
  return general.malformed.with({ detail: errors[0]?.detail ?? '' }).at(...errors);
}

function pointerOf(
  fault: CouponFault,
  places: readonly Place[],
  subOrders: readonly { readonly no: string }[],
): string {
  if ('coupon' in fault) {
    const at = places[fault.coupon];
    return `/order/subOrders/${at?.place}/coupons/${at?.index}`;
  }
  if (fault.code !== 'COUPONS_ABOVE_SUB_ORDER') return '/order/subOrders';
  return `/order/subOrders/${subOrders.findIndex(({ no }) => no === fault.subOrderId)}/coupons`;
}
