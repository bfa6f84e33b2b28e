import { divideHalfUp } from '../../../shared/money/rounding.ts';

/** What the fee part of a refund is worked out of. Minor units of one currency. */
export interface FeeSituation {
  /** What was settled: what the consumer paid and what others gave towards it, before the fee. Refunds add up to it at most. */
  readonly settled: bigint;
  /** What the channel took of it; not above it. */
  readonly fee: bigint;
  /** What earlier refunds gave back of the settled amount. */
  readonly refundedBefore: bigint;
  /** Whether the channel gives its fee back in proportion (feeRefundable), as it was when the order was paid. */
  readonly isRefundable: boolean;
  /** The merchant whose leg the fee was taken from; none where it is the selling one. */
  readonly bearer?: string;
}

/**
 * The part of the fee that belongs to a refund; whoever bore the fee has it. CHANNEL: the channel gives it back, so it comes back to
 * the bearer, which owes so much less of the refund. BEARER: the channel keeps it, and the bearer pays it from its account.
 */
export interface FeeBack {
  readonly amount: bigint;
  readonly paidBy: 'CHANNEL' | 'BEARER';
  /** As in the situation: none where it is the selling merchant. */
  readonly bearer?: string;
}

/**
 * The fee part of one refund: the fee in proportion to all that has been refunded, half up, less the same before this refund. So the
 * parts of a full refund add up to the whole fee however it was cut, none is negative and none is above its refund; what is left of
 * the settled amount always covers what is left of the fee. A refund takes from what the receivers hold its amount less this part:
 * they hold what was settled less the fee, so all ends at zero together. Throws RangeError for what cannot be: a fee or refunds
 * above the settled amount, anything negative.
 *
 * @example a fee of 0.60 on 100.00, refunded 33.33 three times and 0.01: 0.20, 0.20, 0.20, 0.00.
 */
export function feeBack(situation: FeeSituation, refund: bigint): FeeBack {
  const { settled, fee, refundedBefore, isRefundable, bearer } = situation;
  if (fee < 0n || fee > settled) throw new RangeError('The fee lies between zero and the settled amount.');
  if (refund < 0n || refundedBefore < 0n || refundedBefore + refund > settled) {
    throw new RangeError('Refunds lie between zero and the settled amount.');
  }
  return {
    amount: feeLeft(situation) - feeLeft({ settled, fee, refundedBefore: refundedBefore + refund }),
    paidBy: isRefundable ? 'CHANNEL' : 'BEARER',
    ...(bearer !== undefined && { bearer }),
  };
}

/** What is left of the fee: the part that no refund has accounted for yet. */
export function feeLeft({
  settled,
  fee,
  refundedBefore,
}: Pick<FeeSituation, 'settled' | 'fee' | 'refundedBefore'>): bigint {
  return settled === 0n ? 0n : fee - divideHalfUp(fee * refundedBefore, settled);
}
