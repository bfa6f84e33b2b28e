import type { Party } from '../terms/parties.ts';

/** A payment that waits for cover. Minor units, above zero; all of a queue are of one currency. */
export interface QueuedPayment {
  readonly id: string;
  readonly payer: Party;
  readonly payee: Party;
  readonly amount: bigint;
}

/**
 * A queue as it stands, in one currency. Minor units. A limit that is not there is none.
 */
export interface QueueState {
  /** In the order in which they were queued; payments of one payer are settled in this order only. */
  readonly payments: readonly QueuedPayment[];
  /** What each may spend: its balance over what must stay there. One that is not there has nothing. */
  readonly available: ReadonlyMap<Party, bigint>;
  /** What each may still owe all others on balance, less what it owes already. */
  readonly netDebitLimits?: ReadonlyMap<Party, bigint>;
  /** By payer and payee: what it may still owe that one on balance, less what it owes already. */
  readonly bilateralLimits?: ReadonlyMap<Party, ReadonlyMap<Party, bigint>>;
}

/** What settles together in one balanced transfer. */
export interface SettledSet {
  /** BILATERAL: between two parties, or a single payment. MULTILATERAL: all that settles only together. */
  readonly kind: 'BILATERAL' | 'MULTILATERAL';
  /** In the order of the queue. */
  readonly payments: readonly QueuedPayment[];
}

/** Why a payment waits. Minor units above zero. */
export type WaitingReason =
  /** It is the payer's first; so much is missing after all that settles. */
  | { readonly code: 'SHORT_OF_FUNDS'; readonly missing: bigint }
  | { readonly code: 'NET_DEBIT_LIMIT'; readonly excess: bigint }
  | { readonly code: 'BILATERAL_LIMIT'; readonly excess: bigint }
  /** An earlier payment of the same payer waits. */
  | { readonly code: 'BEHIND'; readonly payment: string };

export interface WaitingPayment {
  readonly payment: QueuedPayment;
  readonly reasons: readonly WaitingReason[];
}

export interface Resolution {
  /** In the order in which they have to be settled. */
  readonly sets: readonly SettledSet[];
  /** In the order of the queue. */
  readonly waiting: readonly WaitingPayment[];
}
