import { sum } from '../../../shared/money/sum.ts';
import { afterGivingBack, type FundingLeft, type GivenBack, giveBack } from '../coupons/give-back.ts';
import {
  type AllocationFault,
  afterTaking,
  allocateRefund,
  type RefundPolicy,
  type RefundTaking,
} from './allocate-refund.ts';
import { type FeeBack, type FeeSituation, feeBack, feeLeft } from './fee-back.ts';
import type { Holdings } from './holdings.ts';
import {
  type LineFault,
  type RefundAsked,
  type RefundableAmount,
  type RefundLine,
  refundLines,
} from './refund-lines.ts';

/**
 * A sub-order as a refund finds it. What was settled and is not refunded yet stands twice: as what is held and what is left of the
 * fee; and as what the consumer and the funders of its coupons paid and have not got back.
 */
export interface RefundableSubOrder {
  readonly id: string;
  readonly holdings: Holdings;
  readonly fee: FeeSituation;
  readonly funding: FundingLeft;
}

/** As RefundPolicy; EXPLICIT amounts by sub-order and leg. */
export type OrderRefundPolicy =
  | { readonly kind: 'PRO_RATA' | 'MERCHANT_BEARS' }
  | { readonly kind: 'EXPLICIT'; readonly amounts: ReadonlyMap<string, ReadonlyMap<string, bigint>> };

/** The refund of one sub-order. The amount is fee part and taking together, and it is what is given back. */
export interface PlannedLine extends RefundLine {
  readonly fee: FeeBack;
  readonly taking: RefundTaking;
  readonly givenBack: GivenBack;
}

export type RefundFault =
  | LineFault
  | (AllocationFault & { readonly subOrderId: string })
  /** EXPLICIT amounts for a sub-order of which nothing is refunded. */
  | { readonly code: 'EXPLICIT_WITHOUT_LINE'; readonly subOrderId: string };

/**
 * What a refund of an order takes from each sub-order and gives to whom; or why it cannot be, and then nothing of it. Throws
 * RangeError where the sub-orders do not add up, which is a fault of ours and not of the refund.
 */
export function planRefund(
  subOrders: readonly RefundableSubOrder[],
  asked: RefundAsked,
  policy: OrderRefundPolicy,
): readonly PlannedLine[] | RefundFault {
  const lines = refundLines(asked, subOrders.map(refundableAmount));
  if ('code' in lines) return lines;
  const unused = explicitWithoutLine(policy, lines);
  if (unused !== undefined) return { code: 'EXPLICIT_WITHOUT_LINE', subOrderId: unused };
  const byId = new Map(subOrders.map((one) => [one.id, one]));
  const planned: PlannedLine[] = [];
  for (const line of lines) {
    const subOrder = byId.get(line.subOrderId);
    if (!subOrder) throw new RangeError('A line of no sub-order.');
    const plan = plannedLine(subOrder, line, policyOf(policy, line.subOrderId));
    if ('code' in plan) return plan;
    planned.push(plan);
  }
  return planned;
}

/**
 * What is left of a sub-order, divided into unsplit and given. The fee that is left goes along in proportion, so a sub-order that was
 * not split is unsplit as a whole, and one that was split as a whole has nothing unsplit. Throws RangeError where it does not add up.
 */
export function refundableAmount({ id: subOrderId, holdings, fee, funding }: RefundableSubOrder): RefundableAmount {
  const { unsplit, legs } = holdings;
  const held = unsplit + sum(legs.map((leg) => leg.held));
  const left = held + feeLeft(fee);
  const funded = funding.cash + sum(funding.subsidies.map(({ amount }) => amount));
  if (left !== fee.settled - fee.refundedBefore || left !== funded) {
    throw new RangeError(`Sub-order ${subOrderId} does not add up: ${left} held, ${funded} paid.`);
  }
  const unsplitWithFee = held === 0n ? left : (left * unsplit) / held;
  return { subOrderId, unsplit: unsplitWithFee, given: left - unsplitWithFee };
}

/** The sub-order when a line of it has been refunded. */
export function afterRefund(subOrder: RefundableSubOrder, line: PlannedLine): RefundableSubOrder {
  return {
    ...subOrder,
    holdings: afterTaking(subOrder.holdings, line.taking),
    fee: { ...subOrder.fee, refundedBefore: subOrder.fee.refundedBefore + line.amount },
    funding: afterGivingBack(subOrder.funding, line.givenBack),
  };
}

function plannedLine(
  { holdings, fee, funding }: RefundableSubOrder,
  { subOrderId, amount }: RefundLine,
  policy: RefundPolicy,
): PlannedLine | RefundFault {
  const back = feeBack(fee, amount);
  const taking = allocateRefund(holdings, amount - back.amount, policy);
  if ('code' in taking) return { ...taking, subOrderId };
  return { subOrderId, amount, fee: back, taking, givenBack: giveBack(funding, amount) };
}

function policyOf(policy: OrderRefundPolicy, subOrderId: string): RefundPolicy {
  if (policy.kind !== 'EXPLICIT') return policy;
  return { kind: 'EXPLICIT', amounts: policy.amounts.get(subOrderId) ?? new Map() };
}

function explicitWithoutLine(policy: OrderRefundPolicy, lines: readonly RefundLine[]): string | undefined {
  if (policy.kind !== 'EXPLICIT') return undefined;
  const refunded = new Set(lines.map(({ subOrderId }) => subOrderId));
  return [...policy.amounts.keys()].find((id) => !refunded.has(id));
}
