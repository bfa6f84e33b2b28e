import { formatAmount } from '../../../shared/money/amount.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import { termsFor } from '../splits/merchants-line.ts';
import { splitOrder } from '../splits/split-order.ts';
import { splitRefused } from '../splits/split-refused.ts';
import type { FailureMode, SplitTerms } from '../splits/split-rule.ts';
import { asLegs, givenToOthers, isActive, marketDay, replaceSubOrder, unpaidBy } from './carry-out-plan.ts';
import { channelRoom } from './channel-room.ts';
import type { Order, SplitPlan, SubOrder } from './order.ts';
import { type OrderMoney, orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { dueOnOf, nextWorkingDay } from './plan-terms.ts';
import { isEnded } from './taken-back.ts';

/** Splits of one order, at most, as the channels have it. */
export const SPLITS_MAX = 50;

/** What a market asks for by hand: amounts of receivers, or terms by which an amount is split. */
export interface AskedSplit {
  readonly no: string;
  readonly subOrderNo: string;
  /** FIXED lines where amounts are named. */
  readonly terms: SplitTerms;
  /** What is split; all that is not split yet unless told. */
  readonly amount?: bigint;
  /** By amounts: nothing but these is given. */
  readonly isByAmounts: boolean;
  readonly failureMode: FailureMode;
  readonly fingerprint: string;
}

/**
 * An order when it is split by hand, due on the next working day or when it was expected. Asked again it changes nothing.
 *
 * @throws Problem `settlement/sub-order-not-found`, `settlement/order-not-paid`, `settlement/split-number-used`,
 * `settlement/split-not-manual`, `settlement/split-window-over`, `settlement/above-unsplit`, `settlement/receiver-suspended`,
 * `settlement/split-refused` (the lifetime cap among others), `settlement/too-many-entries`, `settlement/calendar-not-published`.
 */
export function splitByHand(order: Order, asked: AskedSplit, facts: PlanFacts, at: string): Order {
  const subOrder = requireSubOrder(order, asked.subOrderNo, '/subOrderNo');
  if (isDone(order, asked)) return order;
  const money = requirePaid(order);
  requireOpen(order, subOrder, marketDay(at, facts));
  const unsplit = money.subOrders.find(({ no }) => no === subOrder.no)?.unsplit ?? 0n;
  const amount = asked.amount ?? unsplit;
  if (amount > unsplit || amount <= 0n) throw aboveUnsplit(order, unsplit, amount);
  const terms = capped(asked.terms, capOf(subOrder.plan, facts));
  const decision = splitOrder(termsFor(terms, subOrder.merchantId), {
    ...{ order: amount, paid: amount, fee: 0n },
    wholeOrder: sum(money.funded.subOrders.map(({ amount }) => amount)),
    ...{ givenBefore: givenToOthers(order), unpaid: unpaidBy(terms, asked.failureMode, facts) },
    ...defined({ mostToOthers: channelRoom(order, facts) }),
  });
  if (decision.outcome === 'REFUSED') throw splitRefused(decision.fault, order.currency);
  const { split } = decision;
  requireActive(
    split.legs.flatMap(({ receiver }) => receiver ?? []),
    asked.failureMode,
    facts,
  );
  const dueOn = dueOnOf(nextWorkingDay(facts.market.calendar), at, subOrder, facts.market);
  if (dueOn === undefined) throw notPublished();
  const request = { fingerprint: asked.fingerprint, ...(!asked.isByAmounts && { terms }) };
  const made = { no: asked.no, at, legs: asLegs(split, subOrder, facts, dueOn), request };
  return replaceSubOrder(order, subOrder.no, ({ notSplit: _, ...one }) => ({ ...one, splits: [...one.splits, made] }));
}

/** Problem `settlement/order-not-paid`, with what is missing. */
export function requirePaid(order: Order) {
  const money = orderMoney(order);
  if (money.isSettled) return money;
  const toPay = presentAmount(money.toPay, order.currency);
  throw problems['order-not-paid'].with({ detail: whyNotSettled(order, money), toPay });
}

function whyNotSettled(order: Order, { isPaid, toPay }: OrderMoney): string {
  if (isEnded(order)) return 'A refund has ended it: all of it is to go back.';
  if (isPaid) return 'The subsidies of its coupons have not landed yet (补贴未到账).';
  return `${formatAmount(toPay, order.currency)} ${order.currency} of it are not paid.`;
}

/** Problem `settlement/sub-order-not-found`. */
export function requireSubOrder({ no, subOrders }: Order, subOrderNo: string, pointer: string): SubOrder {
  const found = subOrders.find((one) => one.no === subOrderNo);
  if (found) return found;
  const detail = `Order ${no} has no sub-order ${subOrderNo}.`;
  throw problems['sub-order-not-found'].with({ detail, subOrderNo }).at({ pointer, detail });
}

/** Whether what is left of a sub-order is the market's to give: it is split by hand, its plan could not be, or it is done. */
export function isByHand({ plan, notSplit, splits }: SubOrder): boolean {
  return plan.by === 'MANUAL' || notSplit !== undefined || splits.length > 0;
}

/** Problem `settlement/split-not-manual`. */
export function requireByHand(subOrder: SubOrder): void {
  if (isByHand(subOrder)) return;
  const detail = `Sub-order ${subOrder.no} waits for its plan (${subOrder.plan.by}).`;
  throw problems['split-not-manual'].with({ detail, plan: subOrder.plan.by });
}

function isDone({ subOrders }: Order, { no, fingerprint }: AskedSplit): boolean {
  const before = subOrders.flatMap(({ splits }) => splits).find((split) => split.no === no);
  if (!before) return false;
  if (before.request?.fingerprint === fingerprint) return true;
  const detail = `There is a split ${no} of the order with other content.`;
  throw problems['split-number-used'].with({ detail, splitNo: no }).at({ pointer: '/no', detail });
}

function requireOpen({ subOrders }: Order, subOrder: SubOrder, today: string): void {
  requireByHand(subOrder);
  const { waitsUntil } = subOrder;
  if (waitsUntil !== undefined && waitsUntil < today) {
    const detail = `Its last day was ${waitsUntil}.`;
    throw problems['split-window-over'].with({ detail, waitsUntil });
  }
  if (subOrders.flatMap(({ splits }) => splits).length < SPLITS_MAX) return;
  throw problems['too-many-entries'].with({ detail: `The order has ${SPLITS_MAX} splits.`, maximum: SPLITS_MAX });
}

function requireActive(receivers: readonly string[], mode: FailureMode, facts: PlanFacts): void {
  const suspended = receivers.find((receiver) => !isActive(facts, receiver));
  if (suspended === undefined || mode === 'PARTIAL') return;
  throw problems['receiver-suspended'].with({ detail: `${suspended} is suspended.`, merchantId: suspended });
}

function capOf(plan: SplitPlan, { rules }: PlanFacts): bigint | undefined {
  if (plan.by === 'MANUAL') return plan.lifetimeCapBasisPoints;
  if (plan.by === 'TERMS') return plan.terms.lifetimeCapBasisPoints;
  if (plan.by !== 'RULE') return undefined;
  return rules.get(plan.ruleId)?.versions.find(({ version }) => version === plan.version)?.lifetimeCapBasisPoints;
}

/** The narrower of two caps holds. */
function capped(terms: SplitTerms, cap: bigint | undefined): SplitTerms {
  const { lifetimeCapBasisPoints: own } = terms;
  const narrower = own === undefined || (cap !== undefined && cap < own) ? cap : own;
  return { ...terms, ...defined({ lifetimeCapBasisPoints: narrower }) };
}

function aboveUnsplit({ currency }: Order, unsplit: bigint, asked: bigint) {
  const shown = presentAmount(unsplit, currency);
  const detail = `${shown.amount} ${shown.currency} of it are not split yet.`;
  return problems['above-unsplit'].with({ detail, unsplit: shown, asked: presentAmount(asked, currency) });
}

export function notPublished() {
  return problems['calendar-not-published'].with({
    detail: 'The calendar does not reach the day on which it would be due.',
  });
}
