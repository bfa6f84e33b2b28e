import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Order, OrderRefund, RefundState } from '../orders/order.ts';

type WithRefunds = Pick<Order, 'no' | 'refunds'>;

/** States in which the money of a refund has been taken; with FAILED it has gone back. */
const standing: ReadonlySet<RefundState> = new Set(['FUNDED', 'SENT', 'SUCCEEDED', 'UNCERTAIN', 'DELAYED']);

export interface FundedRefund extends OrderRefund {
  readonly fundedOn: PlainDate;
}

/** The refunds of which the money has been taken and is not back. Throws where one does not say since when. */
export function standingRefunds({ no, refunds }: WithRefunds): FundedRefund[] {
  return refunds
    .filter(({ state }) => standing.has(state))
    .map((refund) => ({ ...refund, fundedOn: saidOf(refund, no, refund.fundedOn) }));
}

export interface CountedRefund extends OrderRefund {
  /** The day from which on it counts. */
  readonly countsOn: PlainDate;
}

/**
 * The refunds that count on the days of merchants and of sums: those of which the money has been taken, and those for which merchants had
 * too little, so that what these have or get is there for them and is not paid out. Once it is taken their lines stay where they are.
 * One that waits since before that was noted does not count until it is taken. Throws as standingRefunds.
 */
export function countedRefunds({ no, refunds }: WithRefunds): CountedRefund[] {
  return refunds
    .filter((refund) => standing.has(refund.state) || isKeptFor(refund))
    .map((refund) => ({ ...refund, countsOn: saidOf(refund, no, refund.pendingOn ?? refund.fundedOn) }));
}

/** It waits for money that it is to take. */
function isKeptFor({ state, pendingOn }: OrderRefund): boolean {
  return state === 'PENDING_FUNDS' && pendingOn !== undefined;
}

function saidOf({ no, state }: OrderRefund, orderNo: string, day: PlainDate | undefined): PlainDate {
  if (day !== undefined) return day;
  throw new Error(`Refund ${no} of order ${orderNo} does not say since when it is ${state}.`);
}
