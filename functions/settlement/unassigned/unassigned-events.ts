import { presentAmount } from '../../../shared/money/present.ts';
import type { UnassignedPayment, UnassignedPayments } from '../orders/unassigned.ts';
import { paymentIdOf } from './payment-id.ts';

/** A payment that somebody has sent back, as the world is told: whoever carries it out at the channel does it by this. */
export interface SentBack {
  readonly paymentId: string;
  readonly at: string;
  readonly data: object;
}

/** What was sent back of payments kept under a number, as they stand; told again by its id. */
export function sentBack(kept: UnassignedPayments): SentBack[] {
  return kept.payments.flatMap((payment) => {
    const { handled } = payment;
    if (handled?.as !== 'SENT_BACK') return [];
    return [
      { paymentId: paymentIdOf({ orderNo: kept.orderNo, payment }), at: handled.at, data: dataOf(kept, payment) },
    ];
  });
}

function dataOf({ marketId, orderNo }: UnassignedPayments, payment: UnassignedPayment) {
  const { channelId, transactionId, told, handled } = payment;
  return {
    ...{ marketId, orderNo, channelId, transactionId },
    ...(told && { amount: presentAmount(told.amount, told.currency), paidAt: told.paidAt }),
    ...(handled?.as === 'SENT_BACK' && { reason: handled.reason, sentBackBy: handled.by }),
  };
}
