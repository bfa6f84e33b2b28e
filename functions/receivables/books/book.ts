import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { MatchRules } from '../matching/match-rules.ts';

/**
 * The ledger accounts that the receivables of one legal entity in one currency are booked on. All of them are held by the
 * entity. What customers owe stands on `receivable` as a credit balance, and so do the accounts of what was given away;
 * `revenue`, `unapplied` and `onAccount` run the other way, so that all of them and the cash add up to zero.
 */
export interface ReceivablesBook {
  readonly tenant: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly accounts: BookAccounts;
  /** Grows with every change. */
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Ids of ledger accounts. */
export interface BookAccounts {
  /** 应收账款: what customers owe. */
  readonly receivable: string;
  /** What was invoiced: the other side of it. */
  readonly revenue: string;
  /** Money that came and that nobody knows the payer of. */
  readonly unapplied: string;
  /** 预收账款: money of known customers that pays no invoice. */
  readonly onAccount: string;
  /** Discounts given for paying early. */
  readonly discount: string;
  /** What banks on the way kept. */
  readonly charge: string;
  /** 坏账: what was written off. */
  readonly badDebt: string;
  /** Where receipts come from that name no ledger account of their own. */
  readonly cash: string;
  /** What pay channels took for orders of markets and have not paid out yet. Without it, paid orders are no receipts. */
  readonly channels?: string;
}

/** What a tenant matches by, for a legal entity. */
export interface StoredRules {
  readonly tenant: string;
  readonly rules: MatchRules;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}
