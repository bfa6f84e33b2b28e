import { addDays } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import { carryOutPlans, marketDay } from './carry-out-plan.ts';
import type { Order, OrderRefund, RefundState } from './order.ts';
import { awaitsSubsidies, orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { countAgain } from './take-payment.ts';
import { withTakenBack } from './taken-back.ts';

/** What a channel says of a refund. */
export const refundResults = ['SENT', 'SUCCEEDED', 'UNCERTAIN', 'FAILED'] as const;
export type RefundResult = (typeof refundResults)[number];

/** From where each state is reached. What has ended stays as it is. */
const reachedFrom: Record<RefundState, readonly RefundState[]> = {
  ACCEPTED: [],
  PENDING_FUNDS: ['ACCEPTED'],
  FUNDED: ['ACCEPTED', 'PENDING_FUNDS'],
  SENT: ['FUNDED'],
  SUCCEEDED: ['FUNDED', 'SENT', 'UNCERTAIN'],
  UNCERTAIN: ['FUNDED', 'SENT'],
  FAILED: ['FUNDED', 'SENT', 'UNCERTAIN'],
};

/** Problem: `settlement/refund-not-found`. */
export function findRefund({ no, refunds }: Order, refundNo: string): OrderRefund {
  const refund = refunds.find((one) => one.no === refundNo);
  if (refund) return refund;
  throw problems['refund-not-found'].with({ detail: `Order ${no} has no refund ${refundNo}.`, refundNo });
}

/** Whether the money of a refund was there or not, as the ledger has said. Told late or again it changes nothing. */
export function tellFunding(
  order: Order,
  refundNo: string,
  state: 'FUNDED' | 'PENDING_FUNDS',
  facts: Pick<PlanFacts, 'market'>,
  at: string,
): Order {
  const fundedOn = state === 'FUNDED' ? marketDay(at, facts) : undefined;
  return moveRefund(order, refundNo, state, at, defined({ fundedOn }));
}

/**
 * What the channel has made of a refund. Told late, again or out of order it changes nothing; UNCERTAIN ends with what a query says.
 * One that failed has taken nothing: the order goes on as it would have without it.
 * Problems: `settlement/refund-not-found`, `settlement/refund-not-sent`.
 */
export function tellResult(
  order: Order,
  refundNo: string,
  result: RefundResult,
  { reason, at, facts }: { readonly reason?: string; readonly at: string; readonly facts: PlanFacts },
): Order {
  const { state } = findRefund(order, refundNo);
  if (state === 'ACCEPTED' || state === 'PENDING_FUNDS') {
    throw problems['refund-not-sent'].with({ detail: `Refund ${refundNo} is ${state}.`, state });
  }
  const moved = moveRefund(order, refundNo, result, at, defined({ reason }));
  return result === 'FAILED' && moved !== order ? goOn(moved, facts, at) : moved;
}

function moveRefund(
  order: Order,
  refundNo: string,
  to: RefundState,
  at: string,
  more: Pick<OrderRefund, 'reason' | 'fundedOn'>,
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
