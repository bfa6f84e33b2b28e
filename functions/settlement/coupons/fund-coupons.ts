import { allocate } from '../../../shared/money/allocate.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type CouponFault, couponFaults } from './check-coupons.ts';
import { type Coupon, type CouponedSubOrder, type Funder, funderKey, type Subsidy } from './coupon.ts';

/** What coupons make of a sub-order. Minor units. */
export interface FundedSubOrder {
  readonly id: string;
  /** Before coupons. */
  readonly amount: bigint;
  /** What the merchant takes less: no money moves. */
  readonly merchantGives: bigint;
  /** What others pay towards it, each funder once; to land before the split. */
  readonly subsidies: readonly Subsidy[];
  readonly consumerPays: bigint;
  /** What there is to split, once all is paid (应结订单金额): what the consumer pays and the subsidies together. */
  readonly settled: bigint;
}

/** What coupons make of an order. The sums are those of its sub-orders. Minor units. */
export interface FundedOrder {
  readonly consumerPays: bigint;
  readonly merchantGives: bigint;
  /** What each funder owes over the whole order. */
  readonly subsidies: readonly Subsidy[];
  readonly subOrders: readonly FundedSubOrder[];
}

/** A part of a coupon: what a funder gives to a sub-order. */
interface Part {
  readonly subOrderId: string;
  readonly funder: Funder;
  readonly amount: bigint;
}

/**
 * Who pays what of an order with coupons (折扣清算), or what is wrong with them. A coupon of the whole order lowers its sub-orders by
 * what they still cost, largest remainder. Its funders share it by their basis points, largest remainder, ties to the first named.
 *
 * @example an order of 100.00 with a coupon of 10.00 costs the consumer 90.00; the merchant gets 100.00 where the platform funds it,
 * and 90.00 where it does so itself.
 */
export function fundCoupons(
  subOrders: readonly CouponedSubOrder[],
  coupons: readonly Coupon[],
): FundedOrder | readonly CouponFault[] {
  const faults = couponFaults(subOrders, coupons);
  if (faults.length > 0) return faults;
  const parts = piecesOf(subOrders, coupons).flatMap(([coupon, pieces]) => partsOf(coupon, pieces));
  const subsidies = subsidiesOf(parts);
  const funded = subOrders.map((one) => fundedSubOrder(one, parts));
  return {
    consumerPays: sum(funded.map((one) => one.consumerPays)),
    merchantGives: sum(funded.map((one) => one.merchantGives)),
    subsidies,
    subOrders: funded,
  };
}

/** What each coupon takes off each sub-order: above zero, adding up to the coupon, and never more than the sub-order still costs. */
function piecesOf(
  subOrders: readonly CouponedSubOrder[],
  coupons: readonly Coupon[],
): [Coupon, Omit<Part, 'funder'>[]][] {
  const costs = new Map(subOrders.map(({ id, amount }) => [id, amount]));
  // Those of one sub-order first: the others find room in what they leave.
  const inTurn = coupons.toSorted((one, other) => rank(one) - rank(other));
  return inTurn.map((coupon) => {
    const ids = coupon.subOrderId === undefined ? [...costs.keys()] : [coupon.subOrderId];
    const left = ids.map((id) => costs.get(id) ?? 0n);
    const pieces = allocate(coupon.amount, left).map((amount, index) => ({ subOrderId: ids[index] ?? '', amount }));
    for (const { subOrderId, amount } of pieces) costs.set(subOrderId, (costs.get(subOrderId) ?? 0n) - amount);
    return [coupon, pieces.filter(({ amount }) => amount > 0n)];
  });
}

function rank({ subOrderId }: Coupon): number {
  return subOrderId === undefined ? 1 : 0;
}

/** Each piece is shared by what the funders still have to give, so both their shares of the coupon and the pieces come out exactly. */
function partsOf({ amount, funding }: Coupon, pieces: readonly Omit<Part, 'funder'>[]): Part[] {
  let owed = allocate(
    amount,
    funding.map(({ basisPoints }) => basisPoints),
  );
  return pieces.flatMap((piece) => {
    const shares = allocate(piece.amount, owed);
    owed = owed.map((one, index) => one - (shares[index] ?? 0n));
    return funding.map(({ funder }, index) => ({ ...piece, funder, amount: shares[index] ?? 0n }));
  });
}

function fundedSubOrder({ id, amount }: CouponedSubOrder, parts: readonly Part[]): FundedSubOrder {
  const own = parts.filter(({ subOrderId }) => subOrderId === id);
  const merchantGives = sum(own.filter(({ funder }) => funder.kind === 'MERCHANT').map((part) => part.amount));
  const settled = amount - merchantGives;
  const subsidies = subsidiesOf(own);
  const consumerPays = settled - sum(subsidies.map((one) => one.amount));
  return { id, amount, merchantGives, subsidies, consumerPays, settled };
}

/** What each funder that moves money gives, in the order in which they are first named. */
function subsidiesOf(parts: readonly Part[]): Subsidy[] {
  const sums = new Map<string, Subsidy>();
  for (const { funder, amount } of parts) {
    if (funder.kind === 'MERCHANT' || amount === 0n) continue;
    const key = funderKey(funder);
    sums.set(key, { funder, amount: (sums.get(key)?.amount ?? 0n) + amount });
  }
  return [...sums.values()];
}
