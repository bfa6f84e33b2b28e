import { allocate } from '../../../shared/money/allocate.ts';
import { larger, positive, smaller } from '../../../shared/money/compare.ts';
import { divideHalfUp } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';

/** The payment that a refund goes back on, as its channel sees it. Minor units of one currency. */
export interface PaymentFee {
  /** What the consumer paid by it, and what the channel took of that. */
  readonly paid: bigint;
  readonly fee: bigint;
  /** What earlier refunds gave back on it, and the fee parts in that. */
  readonly backBefore: bigint;
  readonly feeBefore: bigint;
  /** Whether the channel gives its fee back in proportion (feeRefundable), as it was when the order was paid. */
  readonly isRefundable: boolean;
}

/** A piece of a refund, of one sub-order say. */
export interface RefundPiece {
  readonly amount: bigint;
  /** What of it goes back to the consumer. */
  readonly cash: bigint;
  /** What there is to take it from, before this refund: held by receivers or supervised, and of the fee. */
  readonly held: bigint;
  readonly feeLeft: bigint;
}

/**
 * The part of the fee that belongs to a piece; whoever bore the fee has it. What the channel gives back comes back to the bearer,
 * which owes so much less of the refund. What the channel keeps of it the bearer pays from its account.
 */
export interface FeeBack {
  readonly amount: bigint;
  /** Of the amount, what the channel gives back. */
  readonly fromChannel: bigint;
}

/**
 * The fee parts of one refund, by its pieces. All of them: the fee of the payment in proportion to all that went back on it, half up,
 * less the same before this refund; by pieces, what goes back to the consumer, largest remainder. A part is never more than is left
 * of the fee, and never so little that the rest is more than is held: so all ends at zero together, however an order was paid. What
 * a channel gives back is never more than it took. Throws RangeError for what cannot be: more than was paid or is left, anything
 * negative.
 *
 * @example a fee of 0.60 on 100.00, refunded 33.33 three times and 0.01: 0.20, 0.20, 0.20, 0.00.
 */
export function feeBacks(payment: PaymentFee, pieces: readonly RefundPiece[]): FeeBack[] {
  requirePossible(payment, pieces);
  const due = feeDue(payment, sum(pieces.map(({ cash }) => cash)));
  const parts = partsOf(due, pieces);
  let left = payment.isRefundable ? positive(payment.fee - payment.feeBefore) : 0n;
  return parts.map((amount) => {
    const fromChannel = smaller(left, amount);
    left -= fromChannel;
    return { amount, fromChannel };
  });
}

function feeDue({ paid, fee, backBefore, feeBefore }: PaymentFee, cash: bigint): bigint {
  return paid === 0n ? 0n : positive(divideHalfUp(fee * (backBefore + cash), paid) - feeBefore);
}

function partsOf(due: bigint, pieces: readonly RefundPiece[]): bigint[] {
  const cash = pieces.map((piece) => piece.cash);
  const shares = sum(cash) === 0n ? cash : allocate(due, cash);
  const parts = pieces.map((piece, place) => larger(least(piece), smaller(most(piece), shares[place] ?? 0n)));
  // What bounds have moved goes to whichever piece has room for it.
  let missing = due - sum(parts);
  return parts.map((part, place) => {
    const piece = pieces[place];
    if (!piece) return part;
    const moved = larger(least(piece) - part, smaller(most(piece) - part, missing));
    missing -= moved;
    return part + moved;
  });
}

function least({ amount, held }: RefundPiece): bigint {
  return positive(amount - held);
}

function most({ amount, feeLeft }: RefundPiece): bigint {
  return smaller(amount, feeLeft);
}

function requirePossible({ paid, fee, backBefore }: PaymentFee, pieces: readonly RefundPiece[]): void {
  const back = backBefore + sum(pieces.map(({ cash }) => cash));
  const isPossible = pieces.every(
    ({ amount, cash, held, feeLeft }) => cash >= 0n && cash <= amount && amount <= held + feeLeft,
  );
  if (!isPossible || fee > paid || back > paid) throw new RangeError('More is refunded than was paid or is left.');
}
