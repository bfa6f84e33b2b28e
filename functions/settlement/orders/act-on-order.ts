import { problems } from '../problems.ts';
import { carryOutPlans, giveRest, marketDay, replaceSubOrder, withoutSubsidies } from './carry-out-plan.ts';
import { notPublished, requireByHand, requirePaid, requireSubOrder } from './manual-split.ts';
import type { Dispute, Order } from './order.ts';
import { awaitsSubsidies, orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { workingDayFrom } from './plan-terms.ts';
import type { ReadFacts } from './read-plan-facts.ts';
import { isEnded, legsBySplit } from './taken-back.ts';

/** What is done to an order by hand. Each is decided on the order as it is, and done again it changes nothing. */

/** Which sub-orders; all of them where none is named. */
export type Named = readonly string[] | undefined;

/**
 * 确认收货: from then on what counts from it is split. Tried again, it tries again what could not be split. Problems:
 * `settlement/sub-order-not-found`, `settlement/order-not-paid`.
 */
export function confirmReceipt(order: Order, named: Named, facts: PlanFacts, at: string): Order {
  const numbers = numbersOf(order, named);
  requirePaid(order);
  const confirmed = numbers.reduce(
    (now, no) => replaceSubOrder(now, no, (subOrder) => ({ ...subOrder, confirmedAt: subOrder.confirmedAt ?? at })),
    order,
  );
  return carryOutPlans(confirmed, facts, at);
}

/**
 * 解冻: what is left goes to the merchants who sell. Problems: as of confirmReceipt, `settlement/split-not-manual`, and
 * `settlement/calendar-not-published`; then nothing of it is given.
 */
export function unfreezeRest(order: Order, named: Named, facts: PlanFacts, at: string): Order {
  const numbers = numbersOf(order, named);
  requirePaid(order);
  for (const subOrder of order.subOrders) if (numbers.includes(subOrder.no)) requireByHand(subOrder);
  const given = numbers.reduce((now, no) => giveRest(now, no, facts, at), order);
  const isLeft = orderMoney(given).subOrders.some(({ no, unsplit }) => numbers.includes(no) && unsplit > 0n);
  if (isLeft) throw notPublished();
  return given;
}

/**
 * From now on nothing of it is paid out but what is settled by now: `settled` has its legs. Problems: `settlement/order-not-paid` where
 * nothing was paid, `settlement/order-disputed` where it is disputed for another reason, `settlement/too-many-entries`.
 */
export function openDispute(
  order: Order,
  reason: string,
  { sums, settled }: Pick<ReadFacts, 'sums'> & { readonly settled: ReadonlySet<string> },
  at: string,
): Order {
  const { disputes, payments } = order;
  const open = disputes.find(({ resolvedAt }) => resolvedAt === undefined);
  if (open?.reason === reason) return order;
  if (open) {
    const detail = `It is disputed since ${open.openedAt}: ${open.reason}`;
    throw problems['order-disputed'].with({ detail, openedAt: open.openedAt, reason: open.reason });
  }
  if (payments.length === 0) {
    throw problems['order-not-paid'].with({ detail: 'Nothing of it was paid, so there is nothing to hold.' });
  }
  if (disputes.length >= DISPUTES_MAX) {
    throw problems['too-many-entries'].with({
      detail: `The order had ${DISPUTES_MAX} disputes.`,
      maximum: DISPUTES_MAX,
    });
  }
  const splitBefore = [...sums].flatMap(([subOrderNo, { state }]) => (state ? [subOrderNo] : []));
  const dispute: Dispute = {
    ...{ openedAt: at, reason },
    ...(settled.size > 0 && { settledBefore: legsBySplit(settled) }),
    ...(splitBefore.length > 0 && { splitBefore }),
  };
  return { ...order, disputes: [...disputes, dispute] };
}

/** Disputes of one order, at most. */
const DISPUTES_MAX = 20;

/** What was held is paid out on its day, or from the next working day on. */
export function resolveDispute(order: Order, facts: PlanFacts, at: string): Order {
  const resolvedOn = workingDayFrom(marketDay(at, facts), facts.market);
  const disputes = order.disputes.map((dispute) =>
    dispute.resolvedAt === undefined ? { ...dispute, resolvedAt: at, resolvedOn } : dispute,
  );
  return { ...order, disputes };
}

/**
 * What others than merchants give to coupons has landed; then what counts from the payment is split. An order that a refund has
 * ended takes no subsidy as long as that refund stands: it is given back, and asked for again where the refund fails. Nor does
 * one that could wait for it no longer.
 */
export function landSubsidies(order: Order, facts: PlanFacts, at: string): Order | 'ENDED' {
  const hasLapsed = order.subOrders.some(({ coupons }) => coupons.some(({ lapsedAt }) => lapsedAt !== undefined));
  if (!orderMoney(order).isPaid || isEnded(order) || hasLapsed) return 'ENDED';
  const landed = order.subOrders.map((subOrder) => ({
    ...subOrder,
    coupons: subOrder.coupons.map((coupon) =>
      coupon.landedAt === undefined ? { ...coupon, landedAt: at, landedOn: marketDay(at, facts) } : coupon,
    ),
  }));
  return carryOutPlans({ ...order, subOrders: landed }, facts, at);
}

/**
 * 取消补差: what funders of coupons still owe is waited for no longer; the merchants who sell take less, and the order goes on. Once they
 * landed or were cancelled it changes nothing. Problem: `settlement/order-not-paid`, also of an order that a refund has ended.
 */
export function cancelSubsidies(order: Order, facts: PlanFacts, at: string): Order {
  if (!awaitsSubsidies(order)) requirePaid(order);
  return awaitsSubsidies(order) ? carryOutPlans(withoutSubsidies(order, at), facts, at) : order;
}

function numbersOf(order: Order, named: Named): readonly string[] {
  if (!named) return order.subOrders.map(({ no }) => no);
  for (const [place, no] of named.entries()) requireSubOrder(order, no, `/subOrderNos/${place}`);
  return named;
}
