import { Problem } from '../../../shared/problems/problem.ts';
import type { PaymentOutcome, PaymentsAsked } from './payment.ts';

type Send = (tenant: string, message: PaymentsAsked, now: Date) => Promise<PaymentOutcome[]>;

/** What a bank answers on a payment; NOT_SENT where the tenant has no bank channel, with what to do about it. */
export type ToldOutcome = PaymentOutcome | { readonly outcome: 'NOT_SENT'; readonly text: string };

/** Pays by `send`, as sendPayments does; where the tenant has no bank channel that is told of each order. Throws the rest. */
export async function sendOrTell(
  send: Send,
  tenant: string,
  message: PaymentsAsked,
  now: Date,
): Promise<readonly ToldOutcome[]> {
  try {
    return await send(tenant, message, now);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'collection/bank-channel-missing') throw error;
    const text = error.fields.detail;
    return message.orders.map(() => ({ outcome: 'NOT_SENT', text }));
  }
}
