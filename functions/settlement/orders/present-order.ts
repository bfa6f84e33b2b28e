import { smaller } from '../../../shared/money/compare.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { orderSums } from '../journal/order-sums.ts';
import type { StoredRule } from '../rules/stored-rule.ts';
import { presentLeg } from '../splits/leg-shapes.ts';
import { termsFor } from '../splits/merchants-line.ts';
import { presentTerms } from '../splits/present-terms.ts';
import type { SplitLeg } from '../splits/split.ts';
import type { SplitTerms } from '../splits/split-rule.ts';
import { historyOf } from './history.ts';
import type {
  NotSplit,
  Order,
  OrderCoupon,
  OrderLeg,
  OrderSplit,
  Slip,
  SplitPlan,
  SubOrder,
  ToldPayment,
} from './order.ts';
import { orderMoney, type SubOrderMoney } from './order-money.ts';
import { orderState } from './order-state.ts';
import { presentRefund } from './present-refund.ts';
import { isLate } from './take-payment.ts';
import { isStanding } from './taken-back.ts';

/** An order as the API shows it, at an instant; `rules` are those that its plans name, for how legs came about. */
export function presentOrder(order: Order, rules: ReadonlyMap<string, StoredRule>, at: string) {
  const { no, marketId, subOrders, payments, slips, refunds, disputes, references, createdAt, payBy } = order;
  const money = orderMoney(order);
  const { funded } = money;
  const show = shower(order);
  const {
    received,
    shares,
    fees,
    refunds: refunded,
    supervised,
    summed,
  } = orderSums(order, refunds.filter(isStanding));
  return {
    ...{ no, marketId, state: orderState(order, at, money), isDisputed: isDisputed(order) },
    money: {
      amount: show(sum(subOrders.map(({ amount }) => amount))),
      merchantGives: show(funded.merchantGives),
      subsidies: show(sum(funded.subsidies.map(({ amount }) => amount))),
      toPay: show(money.toPay),
      ...{ received: show(received), shares: show(shares), fees: show(fees) },
      ...{
        refunded: show(refunded),
        supervised: show(supervised),
        summed: show(summed),
        beyond: show(smaller(money.beyond.held, money.deposit.held)),
      },
    },
    subOrders: subOrders.map((subOrder, place) => presentSubOrder(order, subOrder, money.subOrders[place], rules)),
    payments: payments.map((payment) => ({
      ...presentPayment(payment, order, show),
      ...{ isLate: isLate(order, payment), isBeyond: payment.isBeyond === true },
    })),
    slips: slips.map((slip) => ({ ...presentPayment(slip, order, show), ...slipFacts(slip) })),
    refunds: refunds.map((refund) => presentRefund(refund, order.currency)),
    disputes: disputes.map(({ openedAt, reason, resolvedAt }) => ({ openedAt, reason, ...defined({ resolvedAt }) })),
    history: historyOf(order),
    ...{ references: { ...references }, createdAt, payBy, version: order.revision, changedAt: order.changedAt },
  };
}

export function isDisputed({ disputes }: Order): boolean {
  return disputes.some(({ resolvedAt }) => resolvedAt === undefined);
}

type Show = (minor: bigint) => ReturnType<typeof presentAmount>;

function shower({ currency }: Order): Show {
  return (minor) => presentAmount(minor, currency);
}

function presentPayment(told: ToldPayment, { createdAt }: Order, show: Show) {
  const { channelId, transactionId, amount, fee, paidAt, businessDate, payMethod, flags = [] } = told;
  const all = [...flags, ...(paidAt < createdAt ? (['BEFORE_ORDER'] as const) : [])];
  return {
    ...{ channelId, transactionId, amount: show(amount), fee: show(fee), paidAt, businessDate },
    ...defined({ payMethod }),
    ...(all.length > 0 && { flags: all }),
  };
}

function slipFacts({ toldBy, toldAt, refused }: Slip) {
  return { toldBy, toldAt, ...defined({ refused }) };
}

function presentSubOrder(
  order: Order,
  subOrder: SubOrder,
  money: SubOrderMoney | undefined,
  rules: ReadonlyMap<string, StoredRule>,
) {
  const { no, merchantId, amount, addOns, coupons, plan, expectedOn, confirmedAt, waitsUntil, notSplit } = subOrder;
  const show = shower(order);
  const { settled = 0n, fee = 0n, refunded = 0n, unsplit = 0n } = money ?? {};
  return {
    ...{ no, merchantId, amount: show(amount) },
    addOns: addOns.map((one) => ({ ...one, amount: show(one.amount) })),
    coupons: coupons.map((coupon) => presentCoupon(coupon, show)),
    split: presentPlan(plan, order),
    ...defined({ clearingDate: expectedOn }),
    ...{ settled: show(settled), fee: show(fee), refunded: show(refunded), unsplit: show(unsplit) },
    ...defined({ confirmedAt, waitsUntil }),
    ...(notSplit && { notSplit: { reason: notSplit, detail: notSplitTexts[notSplit] } }),
    splits: subOrder.splits.map((split) => presentSplit(order, subOrder, split, rules)),
  };
}

function presentCoupon({ id, amount, funders, landedAt, lapsedAt }: OrderCoupon, show: Show) {
  return {
    ...{ id, amount: show(amount) },
    funders: funders.map(({ kind, merchantId, basisPoints }) => ({
      kind,
      ...defined({ merchantId }),
      basisPoints: Number(basisPoints),
    })),
    ...defined({ landedAt, lapsedAt }),
  };
}

function presentPlan(plan: SplitPlan, { currency }: Order) {
  if (plan.by === 'MANUAL') {
    const cap = plan.lifetimeCapBasisPoints;
    return { by: plan.by, ...defined({ lifetimeCapBasisPoints: cap === undefined ? undefined : Number(cap) }) };
  }
  if (plan.by !== 'TERMS') return { ...plan };
  return { by: 'PARTICIPANTS' as const, ...presentTerms(plan.terms, currency), failureMode: plan.failureMode };
}

function presentSplit(
  { currency }: Order,
  subOrder: SubOrder,
  split: OrderSplit,
  rules: ReadonlyMap<string, StoredRule>,
) {
  const terms = termsOf(subOrder, split, rules);
  const given = { legs: split.legs.filter(isGiven) };
  return {
    ...{ no: split.no, at: split.at },
    legs: split.legs.map((leg) => ({
      ...presentLeg(leg, { split: given, terms, currency }, { receiver: leg.receiver, dueOn: leg.dueOn }),
      takenBack: presentAmount(leg.takenBack, currency),
    })),
  };
}

function isGiven(leg: OrderLeg): leg is OrderLeg & SplitLeg {
  return leg.kind !== 'SUM';
}

/** What a split was made by. */
function termsOf(
  { plan, merchantId }: SubOrder,
  split: OrderSplit,
  rules: ReadonlyMap<string, StoredRule>,
): Pick<SplitTerms, 'lines'> {
  const { no, request, legs } = split;
  if (request?.terms) return termsFor(request.terms, merchantId);
  if (no === 'PLAN' && plan.by === 'TERMS') return termsFor(plan.terms, merchantId);
  if (no === 'PLAN' && plan.by === 'RULE') {
    const version = rules.get(plan.ruleId)?.versions.find((one) => one.version === plan.version);
    if (version) return termsFor(version, merchantId);
  }
  const fixed = legs.filter(({ kind }) => kind === 'FIXED');
  return { lines: fixed.map(({ sequence, amount }) => ({ sequence, share: { kind: 'FIXED', amount } })) };
}

const notSplitTexts: Record<NotSplit, string> = {
  RULE_NOT_IN_FORCE: 'No version of the rule was in force on the day of the payment.',
  RECEIVER_SUSPENDED: 'A receiver is suspended, and the plan is all or nothing.',
  CALENDAR_NOT_PUBLISHED: 'The calendar does not reach the day on which it would be due.',
  BASE_TOO_SMALL: 'What was paid is less than fixed lines and floors ask for.',
  LIFETIME_CAP: 'Others than the merchant would get more than the order may give them.',
  CHANNEL_CAP: 'Others than the merchant would get more than the channels let them have.',
  FEE_NOT_COVERED: 'The share that bears the fee is smaller than the fee.',
  RATIOS_ABOVE_PAID: 'The lines ask for more than was paid.',
};
