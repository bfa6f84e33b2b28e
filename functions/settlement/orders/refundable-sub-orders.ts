import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { funderKey } from '../coupons/coupon.ts';
import type { FundedSubOrder } from '../coupons/fund-coupons.ts';
import { clawBackBar } from '../refunds/claw-back.ts';
import type { ClawBackBar, HeldLeg } from '../refunds/holdings.ts';
import type { RefundableSubOrder } from '../refunds/plan-refund.ts';
import type { Order, OrderSplit, SubOrder } from './order.ts';
import { orderMoney } from './order-money.ts';
import type { ReadFacts } from './read-plan-facts.ts';
import { isStanding } from './taken-back.ts';

export interface RefundTerms {
  readonly today: PlainDate;
  readonly clawBackDays?: number;
}

/** The sub-orders of a settled order as a refund finds them. */
export function refundableSubOrders(order: Order, facts: ReadFacts, terms: RefundTerms): RefundableSubOrder[] {
  const money = orderMoney(order);
  return order.subOrders.map((subOrder, place) => {
    const own = money.subOrders[place];
    const funded = money.funded.subOrders[place];
    if (!own || !funded) throw new Error(`Order ${order.no} lacks the money of a sub-order.`);
    const bearer = feeBearerOf(subOrder, facts);
    return {
      id: subOrder.no,
      holdings: {
        unsplit: own.unsplit,
        legs: subOrder.splits.flatMap((split) => heldLegs(subOrder, split, facts, terms)),
      },
      fee: { left: own.feeLeft, ...defined({ bearer }) },
      funding: fundingLeft(order, subOrder, funded),
    };
  });
}

/** Whose share the fee was taken from, where that is not the merchant who sells. Of what is in a sum it is known when that is split. */
function feeBearerOf({ no, splits }: SubOrder, { sums }: ReadFacts): string | undefined {
  const sum = sums.get(no);
  if (sum?.state) return sum.feeBearer;
  return splits.find(({ feeBearer }) => feeBearer !== undefined)?.feeBearer;
}

/** The id of a leg within its sub-order. */
export function legId(split: string, sequence: number): string {
  return JSON.stringify([split, sequence]);
}

function heldLegs({ merchantId }: SubOrder, split: OrderSplit, facts: ReadFacts, terms: RefundTerms): HeldLeg[] {
  return split.legs.map(({ sequence, receiver, amount, takenBack }) => {
    const held = { id: legId(split.no, sequence), held: amount - takenBack };
    if (receiver === merchantId) return held;
    return { ...held, receiver, ...defined({ barred: barOf(receiver, split, facts, terms) }) };
  });
}

/** Why a receiver cannot give back what it was given at an instant. */
export function barOf(
  receiver: string,
  { at }: Pick<OrderSplit, 'at'>,
  { market, merchants }: ReadFacts,
  { today, clawBackDays }: RefundTerms,
): ClawBackBar | undefined {
  const merchant = merchants.get(receiver);
  const hasConsented = merchant?.clawBackSince !== undefined && merchant.clawBackSince <= today;
  const splitOn = businessDateOf(new Date(at), market.zone);
  return clawBackBar({ isPersonal: merchant?.kind === 'PERSON', hasConsented, splitOn }, today, clawBackDays);
}

function fundingLeft({ refunds }: Order, { no }: SubOrder, { consumerPays, subsidies }: FundedSubOrder) {
  const lines = refunds.filter(isStanding).flatMap((refund) => refund.lines.filter((line) => line.subOrderNo === no));
  const back = lines.flatMap(({ toFunders }) => toFunders);
  const toFunders = sum(back.map(({ amount }) => amount));
  return {
    cash: consumerPays - (sum(lines.map(({ amount }) => amount)) - toFunders),
    subsidies: subsidies.map(({ funder, amount }) => {
      const own = back.filter((one) => {
        const other = one.kind === 'BRAND' ? { kind: one.kind, party: one.merchantId ?? '' } : { kind: one.kind };
        return funderKey(other) === funderKey(funder);
      });
      return { funder, amount: amount - sum(own.map((one) => one.amount)) };
    }),
  };
}
