import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { ExceptionReason, Explanation } from '../matching/decision.ts';

/** Who told of a receipt: the same money may be told of by several. */
export interface ReceiptSource {
  readonly kind: 'STATEMENT' | 'COLLECTION' | 'ORDER' | 'BY_HAND';
  /** The entry of a statement, the order to a bank, the number given by hand. */
  readonly id: string;
  readonly at: string;
}

/** Money that came. Minor units. */
export interface Receipt {
  readonly tenant: string;
  readonly id: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  /** Of it: cash on invoices, money of a known customer without one, money given back. The rest is unapplied. */
  readonly allocated: bigint;
  readonly onAccount: bigint;
  readonly refunded: bigint;
  readonly paidOn: PlainDate;
  readonly payer: {
    readonly name?: string;
    readonly accountKey?: string;
    /** As it may be shown. */
    readonly account?: string;
  };
  readonly virtualAccountKey?: string;
  readonly texts: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly sources: readonly ReceiptSource[];
  /** The ledger account that holds the money. */
  readonly cashAccountId: string;
  /** Who paid, once that is known. */
  readonly customerId?: string;
  /** What it waits for somebody to do. */
  readonly exception?: {
    readonly reason: ExceptionReason;
    readonly since: string;
    readonly assignee?: string;
    readonly note?: string;
  };
  /** How it may be explained, the best first. */
  readonly suggestions: readonly Explanation[];
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

export type ReceiptState = 'OPEN' | 'PART_MATCHED' | 'MATCHED' | 'REFUNDED';

/** What nobody knows the use of. Minor units, never below zero. */
export function unappliedOf({ amount, allocated, onAccount, refunded }: Receipt): bigint {
  return amount - allocated - onAccount - refunded;
}

export function receiptState(receipt: Receipt): ReceiptState {
  const { amount, refunded, allocated, onAccount } = receipt;
  if (refunded === amount) return 'REFUNDED';
  if (unappliedOf(receipt) === 0n) return 'MATCHED';
  return allocated + onAccount + refunded > 0n ? 'PART_MATCHED' : 'OPEN';
}

/** Money of a receipt that goes back to its payer. Never changes. */
export interface Refund {
  readonly tenant: string;
  readonly id: string;
  readonly receiptId: string;
  readonly customerId?: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  /** Of it, taken from what the customer had on account; the rest was unapplied. */
  readonly fromOnAccount: bigint;
  readonly cashAccountId: string;
  readonly reason: string;
  readonly date: PlainDate;
  readonly at: string;
  readonly cause: Cause;
}
