import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** An early-payment discount, such as 2/10 net 30: two percent off where it is paid within ten days of the issue. */
export interface DiscountTerms {
  /** Hundredths of a percent: 200 for two percent. */
  readonly basisPoints: number;
  /** The last day with the discount: so many days after the day of issue, that day included. */
  readonly withinDays: number;
}

/** An invoice with something left to pay, as matching sees it. Minor units. */
export interface OpenInvoice {
  readonly id: string;
  readonly customerId: string;
  /** Whose receivable it is; money of another entity never pays it. */
  readonly legalEntity: string;
  /** As printed on it. */
  readonly number: string;
  readonly currency: CurrencyCode;
  /** What it was issued for, less credit notes. */
  readonly amount: bigint;
  /** What is left of it, more than zero. */
  readonly open: bigint;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly discount?: DiscountTerms;
  /** Other numbers that a payer may name: an order, a contract. By their kind. */
  readonly references: Readonly<Record<string, string>>;
  /** In dispute: suggested, never cleared by itself. */
  readonly disputed: boolean;
}

/**
 * An invoice that is paid, as matching sees it: money that names it again is found out and does not go to another of the
 * same amount. Those of the last weeks are enough.
 */
export interface ClearedInvoice extends Omit<OpenInvoice, 'open' | 'discount' | 'disputed'> {
  readonly payments: readonly Pick<OpenReceipt, 'id' | 'amount' | 'paidOn' | 'payer'>[];
}

/** Money that came and is not used up, as matching sees it. Minor units. */
export interface OpenReceipt {
  readonly id: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  /** What is left of it, more than zero. */
  readonly amount: bigint;
  /** The day on which the payer's money counts as paid. */
  readonly paidOn: PlainDate;
  readonly payer: {
    readonly name?: string;
    /** The keyed hash of its account number. */
    readonly accountKey?: string;
    /** The number as it may be shown. */
    readonly account?: string;
  };
  /** The keyed hash of the virtual account that it was paid to. */
  readonly virtualAccountKey?: string;
  /** Remittance as the bank gives it, line by line: lines may be cut after 35 characters in the middle of a number. */
  readonly texts: readonly string[];
  /** Structured references, by their kind. */
  readonly references: Readonly<Record<string, string>>;
}

/** Someone who is invoiced. */
export interface PayingCustomer {
  readonly id: string;
  /** The name first, then aliases, as written. */
  readonly names: readonly string[];
  /** Keyed hashes of the account numbers that it is known to pay from. */
  readonly accountKeys: readonly string[];
  /** What it has of its own; else the rules of the tenant. */
  readonly tolerance?: Tolerance;
  readonly threshold?: number;
}

/** A number to pay to that says by itself who pays, and maybe for what. */
export interface VirtualAccount {
  readonly accountKey: string;
  /** The number itself, which is no secret: what an explanation shows. */
  readonly number?: string;
  readonly customerId: string;
  /** The contract or order that it stands for: a value among the references of invoices. */
  readonly reference?: string;
}

/** By how much a payment may miss and still clear: what a bank on the way takes for itself. Minor units. */
export interface Tolerance {
  /** Short by up to this, as a charge; by currency. */
  readonly chargeMax: Readonly<Record<CurrencyCode, bigint>>;
  /** And by not more than this part of the open amount, in basis points. */
  readonly basisPointsMax: number;
}

/** Of whom, and of which numbers as they are compared, not all open invoices are there. */
export interface Unseen {
  readonly customers: ReadonlySet<string>;
  readonly tokens: ReadonlySet<string>;
}

/** All that matching goes by. In any order: the outcome is the same. */
export interface OpenItems {
  readonly receipts: readonly OpenReceipt[];
  readonly invoices: readonly OpenInvoice[];
  readonly customers: readonly PayingCustomer[];
  readonly virtualAccounts: readonly VirtualAccount[];
  /** Without it, only what is paid twice within the receipts above is seen to be paid twice. */
  readonly cleared?: readonly ClearedInvoice[];
  /** Of these nothing is proved to be the only explanation but what names each invoice by its own number. */
  readonly unseen?: Unseen;
}
