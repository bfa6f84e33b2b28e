import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** 市场: who runs a sale between consumers and merchants, and owns the rules by which it is split. */
export interface Market {
  readonly tenant: string;
  /** `mkt_…`, the caller's. */
  readonly id: string;
  readonly name: string;
  readonly legalEntity: string;
  /** All of a market is in one currency. */
  readonly currency: CurrencyCode;
  /** The clock of its days and cut-offs. */
  readonly zone: string;
  /** The calendar that its runs follow. */
  readonly calendar: string;
  /** Ids of ledger accounts. */
  readonly accounts: MarketAccounts;
  /** Minutes after which an order that is not paid is closed, where the order does not say. */
  readonly orderTimeoutMinutes: number;
  /** What becomes of a merchant's day that is below zero. */
  readonly shortfall: Shortfall;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/**
 * All of them are settlement's own, and nobody else moves them, but for `own`; into `claims` anybody may pay. None has a bound, but for
 * `own`.
 */
export interface MarketAccounts {
  /** 资金监管: paid, and not split yet. */
  readonly supervised: string;
  /** Payouts that are on their way. */
  readonly inTransit: string;
  /** What banks have paid out, less what came back. */
  readonly paidOut: string;
  /** What merchants owe since they were paid twice: by a netting cycle, and by a bank since its cut-off. */
  readonly claims: string;
  /**
   * What the market gives towards coupons, and for merchants that it bills: it puts the money there itself, and no more is given than
   * is there.
   */
  readonly own: string;
}

/**
 * A day below zero, as far as other days of its run do not have it. CARRY: it goes on to the merchant's next day whole. RECOVER: it
 * goes on too, but of a later day's sales at most `basisPoints` are kept for it, as far as other days of the run have the rest. BILL:
 * what is beyond payouts that are not paid yet the market gives off its own and bills to the merchant, and the day ends at zero; the
 * rest goes on.
 */
export type Shortfall =
  | { readonly kind: 'CARRY' }
  | { readonly kind: 'RECOVER'; readonly basisPoints: bigint }
  | { readonly kind: 'BILL' };
