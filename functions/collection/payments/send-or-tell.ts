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

/** What a bank's answer says of a payment: since when the bank has it, or why it has it not. */
export interface Answered<State> {
  readonly state: State | 'SENT' | 'UNCERTAIN' | 'FAILED';
  /** The day on which the bank carries it, or may. */
  readonly carriedOn?: string;
  readonly reason?: string;
}

/** A payment after what was told of it. One that was not sent stays as it is, and says why. */
export function answeredBy<State>(state: State, told: ToldOutcome): Answered<State> {
  switch (told.outcome) {
    case 'TAKEN':
      return { state: 'SENT', carriedOn: told.businessDate };
    case 'UNKNOWN':
      return { state: 'UNCERTAIN', carriedOn: told.businessDate, reason: told.text };
    case 'NOT_TAKEN':
      return { state: 'FAILED', reason: told.text };
    case 'NOT_SENT':
      return { state, reason: told.text };
  }
}
