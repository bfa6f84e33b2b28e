import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { PayMethod } from '../channels/channel.ts';

/** The number that payments name, and of which market: under it they are kept. */
export interface KeptPlace {
  readonly tenant: string;
  readonly marketId: string;
  /** As it was told; for what names none, a name that no order has. */
  readonly orderNo: string;
}

/**
 * Payments that name an order which cannot take them, or not yet: a page of those under one number. Nothing that a channel tells is
 * lost, so there are as many pages as it takes.
 */
export interface UnassignedPayments extends KeptPlace {
  /** None: the first. */
  readonly page?: number;
  /** In the order in which they were told. */
  readonly payments: readonly UnassignedPayment[];
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Once for a transaction and what was told of it. */
export interface UnassignedPayment {
  readonly channelId: string;
  readonly transactionId: string;
  /** What was read of it, as text: nothing of who paid. */
  readonly content: string;
  /** The code of the problem by which it was not taken at last, and its words. */
  readonly reason: string;
  readonly detail: string;
  readonly toldAt: string;
  /** The client that told it: a slip is confirmed by another one. */
  readonly toldBy: string;
  /** What an order takes of it when it comes; none where it could not be read. */
  readonly told?: AskedPayment;
  /** What somebody has done with it: then nothing else is done any more. */
  readonly handled?: Handled;
}

/** ASSIGNED: an order has it. SENT_BACK: it goes back at the channel. DISMISSED: it is no money of its own. */
export type Handled = { readonly at: string; readonly by: string } & (
  | { readonly as: 'ASSIGNED'; readonly orderNo: string }
  | { readonly as: 'SENT_BACK' | 'DISMISSED'; readonly reason: string }
);

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

/** All that is kept under a number. */
export interface KeptPayments extends KeptPlace {
  readonly payments: readonly UnassignedPayment[];
  /** On which they stand; never none. */
  readonly pages: readonly UnassignedPayments[];
}

/** Pages by which it is written that something was done with a payment. */
export interface HandledPages {
  /** In their next state. */
  readonly changed: readonly UnassignedPayments[];
  /** They must stand as they were read. */
  readonly asRead: readonly UnassignedPayments[];
}

/** Payments on a page, at most. */
export const perPageMax = 100;
/** Bytes of a page after a payment, at most: what is done with its payments has to find room too. */
export const pageBytesMax = 192 * 1024;

/** What was told of a payment, as text: the same however it was told. */
export function contentOf({ amount, fee, ...rest }: AskedPayment): string {
  const money = (minor: bigint) => formatAmount(minor, rest.currency);
  return canonicalJson(defined({ ...rest, amount: money(amount), fee: fee === undefined ? undefined : money(fee) }));
}

/** Names one among those that are kept under a number. */
export function keptId({
  channelId,
  transactionId,
  content,
}: Pick<UnassignedPayment, 'channelId' | 'transactionId' | 'content'>): string {
  const text = canonicalJson([channelId, transactionId, content]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
