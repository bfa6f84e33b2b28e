import type { PlainDate } from '../../../shared/calendar/plain-date.ts';

/** A sub-order that waited for somebody until its last day. */
export interface WaitingSubOrder {
  readonly tenant: string;
  readonly orderNo: string;
  readonly subOrderNo: string;
}

/**
 * What a run asks of orders: to split what waited until its last day, by its plan or to the merchant. Asked again it changes
 * nothing; what does not wait any more is left. Answers whether it changed something.
 */
export type EndWaiting = (
  waiting: WaitingSubOrder,
  on: { readonly date: PlainDate; readonly now: Date },
) => Promise<boolean>;
