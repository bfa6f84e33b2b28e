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
 * said before counts once the money is there.
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
  if (state === 'PENDING_FUNDS') return moved;
  const { told } = findRefund(moved, refundNo);
  if (moved === order || !told) return moved;
  const { result, reason } = told;
  return tellResult(moved, refundNo, result, { at, facts, ...defined({ reason }) });
}

/**
 * What the channel has made of a refund. Told late, again or out of order it changes nothing; told before the money is there it is
 * noted. DELAYED and UNCERTAIN end with what a query says. One that failed has taken nothing: the order goes on as it would have
 * without it. Problem: `settlement/refund-not-found`.
 */
export function tellResult(
  order: Order,
  refundNo: string,
  result: RefundResult,
  { reason, at, facts }: { readonly reason?: string; readonly at: string; readonly facts: PlanFacts },
): Order {
  const { state } = findRefund(order, refundNo);
  if (state === 'ACCEPTED' || state === 'PENDING_FUNDS') {
    return noteResult(order, refundNo, { result, at, ...defined({ reason }) });
  }
  const moved = moveRefund(order, refundNo, result, at, defined({ resultReason: reason }));
  return result === 'FAILED' && moved !== order ? goOn(moved, facts, at) : moved;
}

/**
 * The market decides otherwise about a refund whose money is not there: nothing of it is taken any more. Withdrawn again it changes
 * nothing. Problems: `settlement/refund-not-found`, `settlement/refund-not-withdrawn`.
 */
export function withdrawRefund(order: Order, refundNo: string, facts: PlanFacts, at: string, reason?: string): Order {
  const { state, told } = findRefund(order, refundNo);
  if (state === 'WITHDRAWN') return order;
  if (state !== 'PENDING_FUNDS' || (told && told.result !== 'FAILED')) {
    const said = told && state === 'PENDING_FUNDS' ? `, and the channel says ${told.result} of it` : '';
    const detail = `Refund ${refundNo} is ${state}${said}.`;
    throw problems['refund-not-withdrawn'].with({ detail, state, ...defined({ told: told?.result }) });
  }
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
