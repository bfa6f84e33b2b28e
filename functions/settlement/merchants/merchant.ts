import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { BankAccount } from '../../../shared/http/present-bank-account.ts';
import type { Shortfall } from '../markets/market.ts';

/** 商家: who sells on a market, or has a share in what others sell there. */
export interface Merchant {
  readonly tenant: string;
  /** `mer_…`, the caller's; unique per tenant, so that a merchant's token can name it. */
  readonly id: string;
  readonly marketId: string;
  readonly name: string;
  /** PERSON: what was paid out to it cannot be clawed back. */
  readonly kind: 'COMPANY' | 'PERSON';
  readonly state: 'ACTIVE' | 'SUSPENDED';
  readonly payout: Payout;
  /** 回退授权: since when it agrees that a refund takes back what it got; none where it does not. */
  readonly clawBackSince?: PlainDate;
  /** Where it differs from its market's. */
  readonly shortfall?: Shortfall;
  /** The ledger account of what is owed to it; nobody but settlement moves it. */
  readonly payableAccountId: string;
  /** The ledger account that it gives coupons from, where it stands for a brand: money is put there as on any other. */
  readonly subsidyAccountId: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Where its money goes: to an account at a bank, or to an account of the ledger. The number is kept in full, and never shown so. */
export type Payout =
  | {
      readonly to: 'BANK';
      /** Whose account it is, as the bank has it. */
      readonly name: string;
      readonly account: BankAccount;
    }
  | { readonly to: 'LEDGER'; readonly accountId: string };
