import type { Cause } from '../../../shared/http/cause.ts';
import type { PayMethod } from '../channels/channel.ts';

/** Payments that name an order which cannot take them, or not yet. Nothing that a channel tells is lost. */
export interface UnassignedPayments {
  readonly tenant: string;
  readonly marketId: string;
  /** As it was told; for what names none, a name that no order has. */
  readonly orderNo: string;
  /** In the order in which they were told. */
  readonly payments: readonly UnassignedPayment[];
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

export interface UnassignedPayment {
  readonly channelId: string;
  readonly transactionId: string;
  /** What was read of it, as text: nothing of who paid. */
  readonly content: string;
  /** The code of the problem by which it was not taken, and its words. */
  readonly reason: string;
  readonly detail: string;
  readonly toldAt: string;
  /** The client that told it: a slip is confirmed by another one. */
  readonly toldBy: string;
  /** What an order takes of it when it comes; none where it could not be read. */
  readonly told?: AskedPayment;
}

/** What is told of a payment, by a caller or by a channel. */
export interface AskedPayment {
  readonly channelId: string;
  readonly transactionId: string;
  readonly amount: bigint;
  readonly currency: string;
  /** As the channel has it; by its terms of that day unless told. */
  readonly fee?: bigint;
  readonly paidAt: string;
  readonly payMethod?: PayMethod;
}

/** Payments kept under one number, at most. */
export const UNASSIGNED_MAX = 100;
