import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { allocate } from '../../../shared/money/allocate.ts';
import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { termsOn } from '../channels/version-on.ts';
import { feeBearingLine, termsFor } from '../splits/merchants-line.ts';
import type { Split } from '../splits/split.ts';
import { splitOrder } from '../splits/split-order.ts';
import type { FailureMode, SplitTerms } from '../splits/split-rule.ts';
import { channelRoom } from './channel-room.ts';
import type { NotSplit, Order, OrderLeg, OrderSplit, SubOrder } from './order.ts';
import { awaitsSubsidies, isOwed, type OrderMoney, orderMoney, type SubOrderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { dueOnOf, nextWorkingDay, type PlanTerms, planTerms, WAITING_DAYS } from './plan-terms.ts';

/** Names of splits that are no requests. */
export const PLAN = 'PLAN';
export const REST = 'REST';

/**
 * The order with what its plans come to now: asked after each change of it, and the same whenever it is asked. Once its money
 * belongs to the sub-orders, those that count from the payment, or whose goods are confirmed, are split; others wait until their
 * last day. What cannot be split says why and waits too, and is tried again. `at` is when this happens.
 */
export function carryOutPlans(order: Order, facts: PlanFacts, at: string): Order {
  return order.subOrders.reduce((now, { no }) => withPlan(now, no, facts, at, false), order);
}

/**
 * The last day of what waits is there: it goes by the plan, whether confirmed or not, or else to the merchant who sells. Subsidies
 * that have not landed by then are waited for no longer, and of no sub-order: what the consumer paid is split without them. What
 * cannot be given because no calendar reaches the day on which it would be due is tried again every day.
 */
export function endWaiting(order: Order, subOrderNo: string, facts: PlanFacts, at: string): Order {
  const settled = awaitsSubsidies(order) ? carryOutPlans(withoutSubsidies(order, at), facts, at) : order;
  const carried = withPlan(settled, subOrderNo, facts, at, true);
  const given = isBeyondCalendar(carried, subOrderNo) ? carried : giveRest(carried, subOrderNo, facts, at);
  const isLeft = orderMoney(given).subOrders.some(({ no, unsplit }) => no === subOrderNo && unsplit > 0n);
  if (!isLeft) return given;
  return replaceSubOrder(given, subOrderNo, (one) => ({ ...one, waitsUntil: addDays(marketDay(at, facts), 1) }));
}

/** Its plan only has no day yet on which it would be due: that changes nothing of who gets it. */
function isBeyondCalendar({ subOrders }: Order, subOrderNo: string): boolean {
  const { plan, splits, notSplit } = subOrders.find(({ no }) => no === subOrderNo) ?? {};
  return plan?.by !== 'MANUAL' && splits?.length === 0 && notSplit === 'CALENDAR_NOT_PUBLISHED';
}

/** What of subsidies is owed is waited for no longer: the merchants take less. */
export function withoutSubsidies(order: Order, at: string): Order {
  const subOrders = order.subOrders.map((subOrder) => ({
    ...subOrder,
    coupons: subOrder.coupons.map((coupon) => (isOwed(coupon) ? { ...coupon, lapsedAt: at } : coupon)),
  }));
  return { ...order, subOrders };
}

/** What is left of a sub-order goes to the merchant who sells, due on the next working day or when it was expected. */
export function giveRest(order: Order, subOrderNo: string, facts: PlanFacts, at: string): Order {
  const money = orderMoney(order).subOrders.find(({ no }) => no === subOrderNo);
  if (!money || money.unsplit <= 0n) return order;
  return replaceSubOrder(order, subOrderNo, (subOrder) => {
    const dueOn = dueOnOf(nextWorkingDay(facts.market.calendar), at, subOrder, facts.market);
    if (dueOn === undefined) return { ...subOrder, notSplit: 'CALENDAR_NOT_PUBLISHED' };
    const borne = sum(subOrder.splits.flatMap(({ legs }) => legs.map(({ fee }) => fee)));
    const fee = borne > 0n ? 0n : money.feeLeft;
    const base = money.unsplit + fee;
    const leg: OrderLeg = {
      ...{ sequence: 1, receiver: subOrder.merchantId, amount: money.unsplit, fee, base, kind: 'MERCHANT' },
      ...{ dueOn, takenBack: 0n },
    };
    const before = subOrder.splits.filter(({ no }) => no.startsWith(REST)).length;
    const no = before === 0 ? REST : `${REST}-${before + 1}`;
    const { notSplit: _, ...rest } = subOrder;
    return { ...rest, splits: [...subOrder.splits, { no, at, legs: [leg] }] };
  });
}

function withPlan(order: Order, subOrderNo: string, facts: PlanFacts, at: string, isLastDay: boolean): Order {
  const money = orderMoney(order);
  const own = money.subOrders.find(({ no }) => no === subOrderNo);
  const isWaiting = awaitsSubsidies(order, money);
  if (!isWaiting && (!money.isSettled || !own || own.unsplit <= 0n)) return order;
  return replaceSubOrder(order, subOrderNo, (subOrder) => {
    if (subOrder.splits.length > 0) return subOrder;
    const wait = (more: Partial<SubOrder>): SubOrder => {
      return { ...subOrder, waitsUntil: subOrder.waitsUntil ?? lastDayOf(order, subOrder, facts), ...more };
    };
    if (isWaiting || !own) return wait({});
    const { plan } = subOrder;
    if (plan.by === 'MANUAL') return wait({});
    const paid = settledBy(order);
    const found = planTerms(plan, paid.on, facts);
    if (!found) return wait({ notSplit: 'RULE_NOT_IN_FORCE' });
    const noted = plan.by === 'RULE' ? { ...plan, ...defined({ version: found.version }) } : plan;
    const confirmed = subOrder.confirmedAt ?? (isLastDay ? at : undefined);
    const countsFrom = found.clearing.from === 'PAYMENT' ? paid.at : confirmed;
    if (countsFrom === undefined) return wait({ plan: noted });
    const split = found.isSummed
      ? summedBy(found, order, { subOrder, own }, facts, countsFrom)
      : splitBy(found, order, { subOrder, own, money }, facts, countsFrom);
    if (typeof split === 'string') return wait({ plan: noted, notSplit: split });
    const { notSplit: _, ...rest } = subOrder;
    return { ...rest, plan: noted, splits: [{ no: PLAN, at, ...split }] };
  });
}

function splitBy(
  { terms, clearing, failureMode }: PlanTerms,
  order: Order,
  { subOrder, own, money }: { readonly subOrder: SubOrder; readonly own: SubOrderMoney; readonly money: OrderMoney },
  facts: PlanFacts,
  countsFrom: string,
): Pick<OrderSplit, 'legs' | 'feeBearer'> | NotSplit {
  const left = own.settled - own.refunded;
  const decision = splitOrder(termsFor(terms, subOrder.merchantId), {
    ...{ order: own.ordered, paid: left, cash: own.cash, fee: own.feeLeft },
    wholeOrder: sum(money.funded.subOrders.map(({ amount }) => amount)),
    ...{ givenBefore: givenToOthers(order), unpaid: unpaidBy(terms, failureMode, facts) },
    ...defined({ mostToOthers: channelRoom(order, facts) }),
  });
  if (decision.outcome === 'REFUSED') return decision.fault.code;
  const { split } = decision;
  const suspended = split.legs.filter(({ receiver }) => receiver !== undefined && !isActive(facts, receiver));
  if (suspended.length > 0 && failureMode === 'ALL_OR_NOTHING') return 'RECEIVER_SUSPENDED';
  const dueOn = dueOnOf(clearing, countsFrom, subOrder, facts.market);
  if (dueOn === undefined) return 'CALENDAR_NOT_PUBLISHED';
  return { legs: asLegs(split, subOrder, facts, dueOn), ...bearerOf(split, subOrder, facts) };
}

/** What is added up with others: one leg for all of it, which the run of its day splits with theirs. */
function summedBy(
  { terms, clearing }: PlanTerms,
  order: Order,
  { subOrder, own }: { readonly subOrder: SubOrder; readonly own: SubOrderMoney },
  facts: PlanFacts,
  countsFrom: string,
): Pick<OrderSplit, 'legs' | 'feeBearer'> | NotSplit {
  const { merchantId: receiver } = subOrder;
  const dueOn = dueOnOf(clearing, countsFrom, subOrder, facts.market);
  if (dueOn === undefined) return 'CALENDAR_NOT_PUBLISHED';
  const { cash, feeLeft: fee } = own;
  const base = own.settled - own.refunded;
  const room = roomInSum(order, subOrder, facts);
  const leg: OrderLeg = {
    ...{ sequence: 1, receiver, amount: base - fee, fee, base, kind: 'SUM', dueOn, takenBack: 0n },
    ...{ ...(cash !== base && { cash }), ...defined({ room }) },
  };
  const bearing = terms.base === 'NET_OF_FEE' || fee === 0n ? undefined : feeBearingLine(termsFor(terms, receiver));
  const borne = bearing && { sequence: bearing.sequence, ...defined({ receiver: bearing.receiver }), fee };
  return { legs: [leg], ...bearerOf(defined({ borne }), subOrder, facts) };
}

/** What others may have of a sub-order: its part of what the channels allow of the order, which no other one may use then. */
function roomInSum(order: Order, { no }: SubOrder, facts: PlanFacts): bigint | undefined {
  const room = channelRoom(order, facts);
  if (room === undefined) return undefined;
  const { subOrders } = orderMoney(order);
  const parts = allocate(
    room,
    subOrders.map(({ settled }) => settled),
  );
  const own = parts[subOrders.findIndex((one) => one.no === no)] ?? 0n;
  return smaller(own, positive(room - givenToOthers(order)));
}

/** The legs of a split, each with who gets it: what a receiver cannot be paid goes to the merchant who sells. */
export function asLegs(split: Split, { merchantId }: SubOrder, facts: PlanFacts, dueOn: PlainDate): OrderLeg[] {
  return split.legs.map((leg) => {
    const { receiver = merchantId } = leg;
    return { ...leg, receiver: isActive(facts, receiver) ? receiver : merchantId, dueOn, takenBack: 0n };
  });
}

function bearerOf(
  { borne }: Pick<Split, 'borne'>,
  { merchantId }: SubOrder,
  facts: PlanFacts,
): Pick<OrderSplit, 'feeBearer'> {
  const { receiver } = borne ?? {};
  const isOther = receiver !== undefined && receiver !== merchantId && isActive(facts, receiver);
  return isOther ? { feeBearer: receiver } : {};
}

/** Receivers whose shares go to the merchant who sells. */
export function unpaidBy(
  { lines }: Pick<SplitTerms, 'lines'>,
  mode: FailureMode,
  facts: Pick<PlanFacts, 'merchants'>,
): Set<string> {
  const named = mode === 'PARTIAL' ? lines.flatMap(({ receiver }) => receiver ?? []) : [];
  return new Set(named.filter((receiver) => !isActive(facts, receiver)));
}

export function isActive({ merchants }: Pick<PlanFacts, 'merchants'>, merchantId: string): boolean {
  return merchants.get(merchantId)?.state !== 'SUSPENDED';
}

/**
 * What others than the merchants who sell were given over the order’s life; what was taken back of it counts too. Of what goes into
 * a sum it is not known before that is split: all that may be theirs counts.
 */
export function givenToOthers({ subOrders }: Order): bigint {
  return sum(
    subOrders.flatMap(({ merchantId, splits }) =>
      splits.flatMap(({ legs }) =>
        legs.map(({ receiver, kind, amount, room = amount }) => {
          if (kind === 'SUM') return smaller(amount, room);
          return receiver === merchantId ? 0n : amount;
        }),
      ),
    ),
  );
}

/** The payment by which the order was paid: the last of those that count. */
export function settledBy({ no, payments }: Order): { readonly at: string; readonly on: PlainDate } {
  const last = payments.findLast(({ isBeyond }) => !isBeyond);
  if (!last) throw new Error(`Order ${no} was not paid.`);
  return { at: last.paidAt, on: last.businessDate };
}

/**
 * Until when money may wait: as long as the channel splits it, 100 days at most, and not longer than until the clearing date that
 * the order was sent with.
 */
function lastDayOf(order: Order, { expectedOn }: SubOrder, { channels }: PlanFacts): PlainDate {
  const counted = order.payments.filter(({ isBeyond }) => !isBeyond);
  const ends = counted.map(({ channelId, businessDate }) => {
    const channel = channels.get(channelId);
    const days = (channel && termsOn(channel, businessDate).splitDays) ?? WAITING_DAYS;
    return addDays(businessDate, days < WAITING_DAYS ? days : WAITING_DAYS);
  });
  const paidOn = settledBy(order).on;
  const expected = expectedOn === undefined ? [] : [expectedOn < paidOn ? paidOn : expectedOn];
  return [...ends, ...expected].reduce((first, end) => (end < first ? end : first));
}

export function replaceSubOrder(order: Order, no: string, change: (subOrder: SubOrder) => SubOrder): Order {
  return { ...order, subOrders: order.subOrders.map((subOrder) => (subOrder.no === no ? change(subOrder) : subOrder)) };
}

/** The day of the market that an instant is of. */
export function marketDay(at: string, { market }: Pick<PlanFacts, 'market'>): PlainDate {
  return businessDateOf(new Date(at), market.zone);
}
