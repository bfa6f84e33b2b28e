import { sum } from '../../../shared/money/sum.ts';
import { type FundingLeft, type GivenBack, giveBack } from '../coupons/give-back.ts';
import { type AllocationFault, allocateRefund, type RefundPolicy, type RefundTaking } from './allocate-refund.ts';
import { type FeeBack, feeBacks, type PaymentFee } from './fee-back.ts';
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
  readonly fee: FeeLeft;
  readonly funding: FundingLeft;
}

export interface FeeLeft {
  /** What no refund has accounted for. */
  readonly left: bigint;
  /** The merchant whose leg the fee was taken from; none where it is the selling one. */
  readonly bearer?: string;
}

/** As RefundPolicy; EXPLICIT amounts by sub-order and leg. */
export type OrderRefundPolicy =
  | { readonly kind: 'PRO_RATA' | 'MERCHANT_BEARS' }
  | { readonly kind: 'EXPLICIT'; readonly amounts: ReadonlyMap<string, ReadonlyMap<string, bigint>> };

/** What of a refund is of one sub-order, and to whom it goes back. */
export interface DividedLine extends RefundLine {
  readonly givenBack: GivenBack;
}

/** The refund of one sub-order. The amount is fee part and taking together, and it is what is given back. */
export interface PlannedLine extends DividedLine {
  readonly fee: FeeBack & Pick<FeeLeft, 'bearer'>;
  readonly taking: RefundTaking;
}

export type RefundFault =
  | LineFault
  | (AllocationFault & { readonly subOrderId: string })
  /** EXPLICIT amounts for a sub-order of which nothing is refunded. */
  | { readonly code: 'EXPLICIT_WITHOUT_LINE'; readonly subOrderId: string };

/**
 * What of a refund is of each sub-order and goes back to whom, whichever payment it goes back on; or why it cannot be. Throws
 * RangeError where the sub-orders do not add up, which is a fault of ours and not of the refund.
 */
export function divideRefund(
  subOrders: readonly RefundableSubOrder[],
  asked: RefundAsked,
): readonly DividedLine[] | LineFault {
  const lines = refundLines(asked, subOrders.map(refundableAmount));
  if ('code' in lines) return lines;
  return lines.map((line) => ({ ...line, givenBack: giveBack(subOrderOf(line, subOrders).funding, line.amount) }));
}

/** What a refund of an order takes from each sub-order besides; or why it cannot be, and then nothing of it. Throws as divideRefund. */
export function planRefund(
  subOrders: readonly RefundableSubOrder[],
  asked: RefundAsked,
  policy: OrderRefundPolicy,
  payment: PaymentFee,
): readonly PlannedLine[] | RefundFault {
  const lines = divideRefund(subOrders, asked);
  if ('code' in lines) return lines;
  const unused = explicitWithoutLine(policy, lines);
  if (unused !== undefined) return { code: 'EXPLICIT_WITHOUT_LINE', subOrderId: unused };
  const fees = feeBacks(
    payment,
    lines.map((line) => {
      const { holdings, fee } = subOrderOf(line, subOrders);
      return { amount: line.amount, cash: line.givenBack.cash, held: heldIn(holdings), feeLeft: fee.left };
    }),
  );
  const planned: PlannedLine[] = [];
  for (const [place, line] of lines.entries()) {
    const fee = fees[place] ?? { amount: 0n, fromChannel: 0n };
    const plan = plannedLine(subOrderOf(line, subOrders), line, fee, policyOf(policy, line.subOrderId));
    if ('code' in plan) return plan;
    planned.push(plan);
  }
  return planned;
}

function subOrderOf({ subOrderId }: RefundLine, subOrders: readonly RefundableSubOrder[]): RefundableSubOrder {
  const found = subOrders.find(({ id }) => id === subOrderId);
  if (found) return found;
  throw new RangeError('A line of no sub-order.');
}

function heldIn({ unsplit, legs }: Holdings): bigint {
  return unsplit + sum(legs.map(({ held }) => held));
}

/**
 * What is left of a sub-order, divided into unsplit and given. The fee that is left goes along in proportion, so a sub-order that was
 * not split is unsplit as a whole, and one that was split as a whole has nothing unsplit. Throws RangeError where it does not add up.
 */
export function refundableAmount({ id: subOrderId, holdings, fee, funding }: RefundableSubOrder): RefundableAmount {
  const { unsplit } = holdings;
  const held = heldIn(holdings);
  const left = held + fee.left;
  const funded = funding.cash + sum(funding.subsidies.map(({ amount }) => amount));
  if (left !== funded) {
    throw new RangeError(`Sub-order ${subOrderId} does not add up: ${left} held, ${funded} paid.`);
  }
  const unsplitWithFee = held === 0n ? left : (left * unsplit) / held;
  return { subOrderId, unsplit: unsplitWithFee, given: left - unsplitWithFee };
}

function plannedLine(
  { holdings, fee: { bearer } }: RefundableSubOrder,
  line: DividedLine,
  back: FeeBack,
  policy: RefundPolicy,
): PlannedLine | RefundFault {
  const taking = allocateRefund(holdings, line.amount - back.amount, policy);
  if ('code' in taking) return { ...taking, subOrderId: line.subOrderId };
  return { ...line, fee: { ...back, ...(bearer !== undefined && { bearer }) }, taking };
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
