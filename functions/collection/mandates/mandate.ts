import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { RetryPolicy } from '../retries/retry-policy.ts';

export type { Cause };

/**
 * PENDING until the payer's side has confirmed it; ACTIVE; SUSPENDED for a while; REVOKED for good, at once; EXPIRED after
 * its last day. REVOKED and EXPIRED are ends: nothing leads out of them.
 */
export const mandateStates = ['PENDING', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED'] as const;
export type MandateState = (typeof mandateStates)[number];

/** FRST before anything was collected, RCUR from then on; OOFF for one collection only. (ISO 20022 SequenceType.) */
export const sequences = ['FRST', 'RCUR', 'OOFF'] as const;
export type Sequence = (typeof sequences)[number];

/** COMPANY: anyone who is no natural person. Large values of the two are told from other amounts on. */
export const payerKinds = ['COMPANY', 'PERSON'] as const;
export type PayerKind = (typeof payerKinds)[number];

/** Who pays, and from where. */
export interface Payer {
  readonly name: string;
  /** Mandates of earlier days say none; see payerKindOf. */
  readonly kind?: PayerKind;
  readonly account: PayerAccount;
}

export interface PayerAccount {
  /** CARD numbers check by Luhn; account numbers follow no such rule. */
  readonly type: 'ACCOUNT' | 'CARD';
  readonly number: string;
  readonly bank: { readonly cnaps?: string; readonly bic?: string };
}

/** Minor units; what is not there does not bound. All inclusive. */
export interface MandateLimits {
  readonly perTransaction?: bigint;
  readonly daily?: bigint;
  readonly monthly?: bigint;
}

/** What a payer agreed to (授权支付协议): that a company may collect from one of its accounts. */
export interface Mandate {
  readonly id: string;
  readonly tenant: string;
  /** Of the agreement between company and payer; one mandate has it. */
  readonly agreementNumber: string;
  readonly payer: Payer;
  readonly currency: CurrencyCode;
  readonly limits: MandateLimits;
  /** When the payer signed it. */
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  /** The last day on which may be collected. */
  readonly validTo?: PlainDate;
  readonly sequence: Sequence;
  readonly retries: RetryPolicy;
  /** As it was last set; see mandateState. */
  readonly state: Exclude<MandateState, 'EXPIRED'>;
  /** Grows with every change. */
  readonly revision: number;
  /** The instant of the revocation: nothing is handed to a bank after it. */
  readonly revokedAt?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** What a payer is; where nobody said so, the holder of a card is a person and that of any other account a company. */
export function payerKindOf({ kind, account }: Pick<Payer, 'kind' | 'account'>): PayerKind {
  return kind ?? (account.type === 'CARD' ? 'PERSON' : 'COMPANY');
}

/** Where a mandate stands on a day. What is revoked stays so after its last day. */
export function mandateState({ state, validTo }: Pick<Mandate, 'state' | 'validTo'>, date: PlainDate): MandateState {
  return state !== 'REVOKED' && validTo !== undefined && date > validTo ? 'EXPIRED' : state;
}
