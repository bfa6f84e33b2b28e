import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ChannelVersion } from '../channels/channel.ts';
import { isWithinWindow, termsOn } from '../channels/version-on.ts';
import { partiesMax } from '../journal/guarded-legs.ts';
import { problems } from '../problems.ts';
import type { PaymentFee } from '../refunds/fee-back.ts';
import { divideRefund, type OrderRefundPolicy, type PlannedLine, planRefund } from '../refunds/plan-refund.ts';
import { marketDay } from './carry-out-plan.ts';
import type { FunderAmount, Order, OrderRefund, Payment, RefundContent, RefundTake } from './order.ts';
import { asFunderAmount, orderMoney } from './order-money.ts';
import type { ReadFacts } from './read-plan-facts.ts';
import { refundProblem } from './refund-problem.ts';
import { type RefundTerms, refundableSubOrders } from './refundable-sub-orders.ts';
import { isSame } from './take-payment.ts';
import { isStanding, withTakenBack } from './taken-back.ts';
import { type LegOfOrder, summedLeg, takesOfSum } from './takes-of-sum.ts';
import { type RefundOf, unsettledContent, unsettledOf } from './unsettled-refund.ts';

/** Refunds of one order, at most. */
export const REFUNDS_MAX = 50;

export interface AskedRefund {
  readonly no: string;
  readonly of: RefundOf;
  readonly policy: OrderRefundPolicy;
  /** Which payment it goes back on; the first that has so much left unless told. */
  readonly payment?: Pick<Payment, 'channelId' | 'transactionId'>;
  readonly reason?: string;
  readonly fingerprint: string;
}

/**
 * An order when a refund of it is accepted: what it takes is taken from then on. Asked again it changes nothing. Until an order is
 * settled a refund ends it: what is paid afterwards is kept beyond it. One that only waits for subsidies ends with all that was paid.
 *
 * @throws Problem `settlement/refund-number-used`, `settlement/too-many-entries`, `settlement/order-not-paid`,
 * `settlement/subsidies-owed`, `settlement/refund-above-left` with what is left, `settlement/refund-refused`,
 * `settlement/refund-above-payment`, `settlement/payment-not-found`, `settlement/refund-uncertain`, `settlement/refund-too-late`.
 */
export function acceptRefund(order: Order, asked: AskedRefund, facts: ReadFacts, at: string): Order {
  if (isDone(order, asked)) return order;
  if (order.refunds.length >= REFUNDS_MAX) {
    throw problems['too-many-entries'].with({ detail: `The order has ${REFUNDS_MAX} refunds.`, maximum: REFUNDS_MAX });
  }
  const today = marketDay(at, facts);
  const payment = choosePayment(order, asked, toConsumer(order, asked, facts, today));
  const version = termsOf(payment, facts);
  requireCertain(order, payment);
  requireInTime(payment, version, today);
  const fee = paymentFee(order, payment, version.feeRefundable);
  const content = contentOf(order, asked, facts, { today, fee, ...defined({ clawBackDays: version.clawBackDays }) });
  requireFewParties(content, order, asked);
  const { no, reason, fingerprint } = asked;
  const { channelId, transactionId } = payment;
  const refund: OrderRefund = {
    ...{ no, channelId, transactionId, ...content, state: 'ACCEPTED' },
    ...defined({ reason }),
    ...{ fingerprint, askedAt: at, changedAt: at },
  };
  return withTakenBack({ ...order, refunds: [...order.refunds, refund] });
}

/** It is booked whole or not at all. */
function requireFewParties({ takes, toFunders }: RefundContent, order: Order, asked: AskedRefund): void {
  const merchants = new Set(takes.flatMap(({ from }) => from ?? []));
  const brands = new Set(toFunders.flatMap(({ merchantId }) => merchantId ?? []));
  const parties = merchants.size + brands.size;
  if (parties > partiesMax)
    throw refundProblem({ code: 'TOO_MANY_PARTIES', parties, maximum: partiesMax }, order, asked);
}

interface Terms extends RefundTerms {
  readonly fee: PaymentFee;
}

/** What goes back to the consumer, whichever payment it goes back on. */
function toConsumer(order: Order, asked: AskedRefund, facts: ReadFacts, today: PlainDate): bigint {
  const { of } = asked;
  if (of.kind === 'BEYOND' || !orderMoney(order).isSettled) return unsettledOf(order, of).amount;
  const divided = divideRefund(refundableSubOrders(order, facts, { today }), of);
  if ('code' in divided) throw refundProblem(divided, order, asked);
  return sum(divided.map(({ givenBack }) => givenBack.cash));
}

function contentOf(order: Order, asked: AskedRefund, facts: ReadFacts, terms: Terms): RefundContent {
  const { of } = asked;
  if (of.kind === 'BEYOND') return { ...unsettledContent(order, unsettledOf(order, of), terms.fee), isBeyond: true };
  if (!orderMoney(order).isSettled) return unsettledContent(order, unsettledOf(order, of), terms.fee);
  const planned = planRefund(refundableSubOrders(order, facts, terms), of, asked.policy, terms.fee);
  if ('code' in planned) throw refundProblem(planned, order, asked);
  const { kind } = asked.policy;
  const takes: RefundTake[] = [];
  const ofSum = (of: LegOfOrder, taken: bigint) => takesOfSum(of, taken, takes, kind, facts, terms);
  for (const line of planned) takes.push(...takesOf(order, line, ofSum));
  return subOrderContent(planned, takes);
}

function subOrderContent(planned: readonly PlannedLine[], takes: readonly RefundTake[]): RefundContent {
  const lines = planned.map(({ subOrderId, amount, givenBack }) => ({
    ...{ subOrderNo: subOrderId, amount },
    toFunders: givenBack.subsidies.map(asFunderAmount),
  }));
  return {
    amount: sum(planned.map(({ amount }) => amount)),
    toFunders: addUp(lines.flatMap(({ toFunders }) => toFunders)),
    lines,
    takes,
    feeBack: sum(planned.map(({ fee }) => fee.fromChannel)),
  };
}

function takesOf(
  { subOrders }: Order,
  { subOrderId: subOrderNo, taking, fee }: PlannedLine,
  ofSum: (of: LegOfOrder, amount: bigint) => RefundTake[],
): RefundTake[] {
  const subOrder = subOrders.find(({ no }) => no === subOrderNo);
  const seller = subOrder?.merchantId ?? '';
  const takes: RefundTake[] = [{ subOrderNo, amount: taking.unsplit }];
  for (const { legId, receiver, amount, paidBy } of taking.legs) {
    const [split, sequence] = JSON.parse(legId) as [string, number];
    const summed = subOrder && summedLeg(subOrder, split);
    if (summed) {
      takes.push(...ofSum(summed, amount));
      continue;
    }
    const from = paidBy === 'SELLER' ? seller : (receiver ?? seller);
    takes.push({ subOrderNo, leg: { split, sequence }, from, amount });
  }
  takes.push({ subOrderNo, from: fee.bearer ?? seller, isFee: true, amount: fee.amount - fee.fromChannel });
  return takes.filter(({ amount }) => amount > 0n);
}

function addUp(amounts: readonly FunderAmount[]): FunderAmount[] {
  const sums = new Map<string, FunderAmount>();
  for (const one of amounts) {
    const key = `${one.kind} ${one.merchantId ?? ''}`;
    sums.set(key, { ...one, amount: (sums.get(key)?.amount ?? 0n) + one.amount });
  }
  return [...sums.values()];
}

function isDone({ no: orderNo, refunds }: Order, { no, fingerprint }: AskedRefund): boolean {
  const before = refunds.find((refund) => refund.no === no);
  if (!before) return false;
  if (before.fingerprint === fingerprint) return true;
  const detail = `There is a refund ${no} of the order with other content.`;
  throw problems['refund-number-used'].with({ detail, refundNo: no, orderNo }).at({ pointer: '/no', detail });
}

/** The payment that is named, or the first that has so much left: of what is beyond the order those beyond it first. */
function choosePayment(order: Order, { payment: named, of }: AskedRefund, cash: bigint): Payment {
  const { payments, currency } = order;
  const rooms = payments.map((payment) => ({ payment, left: leftOf(order, payment) }));
  const candidates = named ? rooms.filter(({ payment }) => isSame(payment, named)) : rooms;
  if (named && candidates.length === 0) {
    const detail = `Nothing was paid by ${named.transactionId} over ${named.channelId}.`;
    throw problems['payment-not-found'].with({ detail }).at({ pointer: '/payment', detail });
  }
  const inTurn = of.kind === 'BEYOND' ? candidates.toReversed() : candidates;
  const found = inTurn.find(({ left }) => left >= cash);
  if (found) return found.payment;
  const shown = rooms.map(({ payment, left }) => ({
    ...{ channelId: payment.channelId, transactionId: payment.transactionId },
    left: presentAmount(left, currency),
  }));
  const asked = presentAmount(cash, currency);
  const detail = `${asked.amount} ${currency} go back to the consumer, and no payment that counts has so much left.`;
  throw problems['refund-above-payment'].with({ detail, asked, payments: shown });
}

/** What was not given back of a payment. */
function leftOf({ refunds }: Order, payment: Payment): bigint {
  return payment.amount - backOn(refundsOn(refunds, payment));
}

/** Of what the channel keeps its fee, the fee parts are what merchants paid. */
function paymentFee({ refunds }: Order, payment: Payment, isRefundable: boolean): PaymentFee {
  const before = refundsOn(refunds, payment);
  const kept = before.flatMap(({ takes }) => takes.filter(({ isFee }) => isFee));
  const feeBefore = sum(isRefundable ? before.map((refund) => refund.feeBack) : kept.map(({ amount }) => amount));
  return { paid: payment.amount, fee: payment.fee, backBefore: backOn(before), feeBefore, isRefundable };
}

function refundsOn(refunds: readonly OrderRefund[], payment: Payment): OrderRefund[] {
  return refunds.filter((refund) => isStanding(refund) && isSame(refund, payment));
}

function backOn(refunds: readonly OrderRefund[]): bigint {
  return sum(refunds.map(({ amount, toFunders }) => amount - sumOf(toFunders)));
}

function termsOf({ channelId, businessDate }: Payment, { channels }: ReadFacts): ChannelVersion {
  const channel = channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId}, by which it was paid.`);
  return termsOn(channel, businessDate);
}

function requireCertain({ refunds }: Order, payment: Payment): void {
  const uncertain = refunds.find((refund) => isUncertain(refund) && isSame(refund, payment));
  if (!uncertain) return;
  const detail = `It is not known yet whether refund ${uncertain.no} of the same payment was carried out.`;
  throw problems['refund-uncertain'].with({ detail, refundNo: uncertain.no });
}

function isUncertain({ state, told }: OrderRefund): boolean {
  const last = isStanding({ state }) ? (told?.result ?? state) : state;
  return last === 'UNCERTAIN' || last === 'DELAYED';
}

function requireInTime({ channelId, businessDate }: Payment, { refundDays }: ChannelVersion, today: PlainDate): void {
  if (isWithinWindow(businessDate, today, refundDays)) return;
  const lastDay = addDays(businessDate, refundDays ?? 0);
  throw problems['refund-too-late'].with({ detail: `${channelId} refunded the payment until ${lastDay}.`, lastDay });
}

function sumOf(amounts: readonly FunderAmount[]): bigint {
  return sum(amounts.map(({ amount }) => amount));
}
