import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { shardOf } from '../centres/participant-blocks.ts';
import { gateCount } from '../cycles/cycle.ts';

/** SETTLED and WITHDRAWN never change again. */
export const queuedStates = ['QUEUED', 'SETTLED', 'WITHDRAWN'] as const;

/** What a caller says of a payment. */
export interface AskedPayment {
  /** The caller's; a centre has one queued payment of each, for ever. */
  readonly reference: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: CurrencyCode;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly description?: string;
}

/** A payment that was queued. Its number orders those of its payer. */
export interface KeptPayment extends AskedPayment {
  readonly tenant: string;
  /** Made of centre and reference. */
  readonly id: string;
  readonly centreId: string;
  readonly state: (typeof queuedStates)[number];
  /** Which gate of the queue has given its number. */
  readonly gate: number;
  /** From 1 on, each given once by its gate; a payer has one gate. Lower ones are settled first. */
  readonly number: number;
  /** What has settled it. */
  readonly resolutionId?: string;
  readonly queuedAt: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** A payment as the queue has it. */
export type QueueEntry = Omit<AskedPayment, 'currency' | 'description'> & Pick<KeptPayment, 'gate' | 'number'>;

/** The gate of a payer: all that it pays in a currency is numbered there. */
export function gateOfPayer(payer: string): number {
  return Number(shardOf(payer)) % gateCount;
}

/** Whether a payment says what is asked for. */
export function saysTheSame(kept: AskedPayment, asked: AskedPayment): boolean {
  return (
    kept.payer === asked.payer &&
    kept.payee === asked.payee &&
    kept.currency === asked.currency &&
    kept.amount === asked.amount &&
    kept.description === asked.description
  );
}
