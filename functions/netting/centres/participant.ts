import type { BankAccount } from '../../../shared/http/present-bank-account.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CurrencyAmount } from './centre.ts';
import type { Identity } from './identity.ts';

/** Of a centre, at most. */
export const PARTICIPANTS_MAX = 10_000;

export const participantStates = ['ACTIVE', 'SUSPENDED'] as const;

/** Who owes and is owed in a centre: a subsidiary, a merchant, a bank. It never leaves: suspended, it takes on nothing new. */
export interface Participant {
  /** The caller's. */
  readonly id: string;
  readonly name: string;
  readonly state: (typeof participantStates)[number];
  /** What it pays from and is paid on, one for each currency; without one the centre keeps its position. */
  readonly accounts: readonly ParticipantAccount[];
  /** What it may owe all others together net, at most, by currency. */
  readonly netDebitLimits: readonly CurrencyAmount[];
  /** How events name it. */
  readonly identities: readonly Identity[];
}

export type ParticipantAccount = { readonly currency: CurrencyCode } & (
  | { readonly at: 'LEDGER'; readonly accountId: string }
  | { readonly at: 'BANK'; readonly name: string; readonly account: BankAccount }
);
