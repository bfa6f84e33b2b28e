import { addDays } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import { carryOutPlans, marketDay } from './carry-out-plan.ts';
import type { Order, OrderRefund, RefundResult, RefundState, ToldResult } from './order.ts';
import { awaitsSubsidies, orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { countAgain } from './take-payment.ts';
import { withTakenBack } from './taken-back.ts';

/** From where each state is reached. What has ended stays as it is. */
const reachedFrom: Record<RefundState, readonly RefundState[]> = {
  ACCEPTED: [],
  PENDING_FUNDS: ['ACCEPTED'],
  WITHDRAWN: ['PENDING_FUNDS'],
  FUNDED: ['ACCEPTED', 'PENDING_FUNDS'],
  SENT: ['FUNDED'],
  DELAYED: ['FUNDED', 'SENT'],
  UNCERTAIN: ['FUNDED', 'SENT', 'DELAYED'],
  SUCCEEDED: ['FUNDED', 'SENT', 'DELAYED', 'UNCERTAIN'],
  FAILED: ['FUNDED', 'SENT', 'DELAYED', 'UNCERTAIN'],
};

/** Problem: `settlement/refund-not-found`. */
export function findRefund({ no, refunds }: Order, refundNo: string): OrderRefund {
  const refund = refunds.find((one) => one.no === refundNo);
  if (refund) return refund;
  throw problems['refund-not-found'].with({ detail: `Order ${no} has no refund ${refundNo}.`, refundNo });
}

/**
 * Whether the money of a refund was there or not, as the ledger has said. Told late or again it changes nothing. What the channel has
 * said before counts once the money is there; what it says has failed is waited for no longer.
 */
export function tellFunding(
  order: Order,
  refundNo: string,
  state: 'FUNDED' | 'PENDING_FUNDS',
  facts: PlanFacts,
  at: string,
): Order {
  const today = marketDay(at, facts);
  const since = state === 'PENDING_FUNDS' ? { pendingOn: today } : { fundedOn: today };
  const moved = moveRefund(order, refundNo, state, at, since);
  const { told } = findRefund(moved, refundNo);
  if (moved === order || !told) return moved;
  const { result, reason } = told;
  return tellResult(moved, refundNo, result, { at, facts, ...defined({ reason }) });
}

/**
 * What the channel has made of a refund. Told late, again or out of order it changes nothing; told before the money is there it is
 * noted. DELAYED and UNCERTAIN end with what a query says. One that failed has taken nothing: the order goes on as it would have
 * without it; where funders of coupons have their part back by then, once they have given that again (tellBack). Problem:
 * `settlement/refund-not-found`.
 */
export function tellResult(
  order: Order,
  refundNo: string,
  result: RefundResult,
  { reason, at, facts }: { readonly reason?: string; readonly at: string; readonly facts: PlanFacts },
): Order {
  const refund = findRefund(order, refundNo);
  const told = { result, at, ...defined({ reason }) };
  if (refund.state === 'ACCEPTED') return noteResult(order, refundNo, told);
  if (refund.state === 'PENDING_FUNDS') {
    const noted = noteResult(order, refundNo, told);
    const isOver = findRefund(noted, refundNo).told?.result === 'FAILED';
    return isOver ? endWaiting(noted, refundNo, facts, at, reason) : noted;
  }
  const hasFunders = refund.toFunders.length > 0;
  if (hasFunders && isGoingBack(refund)) return order;
  if (result !== 'FAILED') return moveRefund(order, refundNo, result, at, defined({ resultReason: reason }));
  const isOpen = reachedFrom.FAILED.includes(refund.state);
  return hasFunders && isOpen ? noteResult(order, refundNo, told) : giveBack(order, refundNo, facts, at, reason);
}

/** What a refund took is back where it was, as the ledger has said, after the channel had said that it failed. Again it changes nothing. */
export function tellBack(order: Order, refundNo: string, facts: PlanFacts, at: string): Order {
  const refund = findRefund(order, refundNo);
  return isGoingBack(refund) ? giveBack(order, refundNo, facts, at, refund.told?.reason) : order;
}

/** Its state, and what the channel has said of it that does not count yet. */
interface ToldRefund extends Pick<OrderRefund, 'state'> {
  readonly told?: Pick<ToldResult, 'result'> | undefined;
}

/** The channel says that it failed, and what it took is not back yet: funders of coupons have to give their part again. */
export function isGoingBack({ state, told }: ToldRefund): boolean {
  return told?.result === 'FAILED' && reachedFrom.FAILED.includes(state);
}

function giveBack(order: Order, refundNo: string, facts: PlanFacts, at: string, reason?: string): Order {
  const moved = moveRefund(order, refundNo, 'FAILED', at, defined({ resultReason: reason }));
  return moved === order ? order : goOn(moved, facts, at);
}

/**
 * The market decides otherwise about a refund whose money is not there: nothing of it is taken any more. Withdrawn again it changes
 * nothing. Problems: `settlement/refund-not-found`, `settlement/refund-not-withdrawn`.
 */
export function withdrawRefund(order: Order, refundNo: string, facts: PlanFacts, at: string, reason?: string): Order {
  const { state, told } = findRefund(order, refundNo);
  if (state === 'WITHDRAWN') return order;
  if (state !== 'PENDING_FUNDS' || told) {
    const said = told && state === 'PENDING_FUNDS' ? `, and the channel says ${told.result} of it` : '';
    const detail = `Refund ${refundNo} is ${state}${said}.`;
    throw problems['refund-not-withdrawn'].with({ detail, state, ...defined({ told: told?.result }) });
  }
  return endWaiting(order, refundNo, facts, at, reason);
}

/** Nothing was taken of it, and nothing will be. */
function endWaiting(order: Order, refundNo: string, facts: PlanFacts, at: string, reason?: string): Order {
  return goOn(moveRefund(order, refundNo, 'WITHDRAWN', at, defined({ resultReason: reason })), facts, at);
}

function noteResult(order: Order, refundNo: string, told: ToldResult): Order {
  const before = findRefund(order, refundNo);
  if (before.told && !reachedFrom[told.result].includes(before.told.result)) return order;
  return { ...order, refunds: order.refunds.map((one) => (one === before ? { ...one, told } : one)) };
}

function moveRefund(
  order: Order,
  refundNo: string,
  to: RefundState,
  at: string,
  more: Partial<Pick<OrderRefund, 'resultReason' | 'pendingOn' | 'fundedOn'>> = {},
): Order {
  const before = findRefund(order, refundNo);
  if (!reachedFrom[to].includes(before.state)) return order;
  const refunds = order.refunds.map((one) => (one === before ? { ...one, ...more, state: to, changedAt: at } : one));
  return withTakenBack({ ...order, refunds });
}

/** An order when a refund gives back what it took. What is supervised again and has no last day to come waits until the next day. */
function goOn(order: Order, facts: PlanFacts, at: string): Order {
  const carried = carryOutPlans(countAgain(order), facts, at);
  const money = orderMoney(carried);
  const today = marketDay(at, facts);
  const isWaiting = awaitsSubsidies(carried, money);
  const subOrders = carried.subOrders.map((subOrder, place) => {
    const isLeft = isWaiting || (money.subOrders[place]?.unsplit ?? 0n) > 0n;
    const isOver = subOrder.waitsUntil === undefined || subOrder.waitsUntil <= today;
    return isLeft && isOver ? { ...subOrder, waitsUntil: addDays(today, 1) } : subOrder;
  });
  return { ...carried, subOrders };
}
