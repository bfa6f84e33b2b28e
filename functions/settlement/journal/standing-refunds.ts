import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Order, OrderRefund, RefundState } from '../orders/order.ts';

/** States in which the money of a refund has been taken; with FAILED it has gone back. */
const standing: ReadonlySet<RefundState> = new Set(['FUNDED', 'SENT', 'SUCCEEDED', 'UNCERTAIN', 'DELAYED']);

export interface FundedRefund extends OrderRefund {
  readonly fundedOn: PlainDate;
}

/** The refunds of which the money has been taken and is not back. Throws where one does not say since when. */
export function standingRefunds({ no, refunds }: Pick<Order, 'no' | 'refunds'>): FundedRefund[] {
  return refunds
    .filter(({ state }) => standing.has(state))
    .map((refund) => {
      const { fundedOn } = refund;
      if (fundedOn === undefined)
        throw new Error(`Refund ${refund.no} of order ${no} does not say when it was funded.`);
      return { ...refund, fundedOn };
    });
}
