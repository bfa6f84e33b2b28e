import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { defined } from '../../../shared/objects/defined.ts';
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

/** Payments kept under one number, at most. */
export const UNASSIGNED_MAX = 100;

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
