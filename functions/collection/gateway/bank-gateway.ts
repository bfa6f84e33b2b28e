import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Sequence } from '../mandates/mandate.ts';
import type { RailKind } from '../routing/rail.ts';

/** A bank account as a bank is told of it; the number in full. */
export interface PartyAccount {
  readonly name: string;
  readonly number: string;
  readonly bank: { readonly cnaps?: string; readonly bic?: string };
}

/** COLLECT: from payers, to our account. PAY: from our account, to payees. */
export type Direction = 'COLLECT' | 'PAY';

/** One amount as it is handed to a bank. Its id is its number there for ever: it is never sent under another. */
interface OrderTerms {
  /** At most 35 characters of the Latin set; unique per tenant, over both directions. */
  readonly id: string;
  readonly railKind: RailKind;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
  /** The payer of a collection, the payee of a payment. */
  readonly counterparty: PartyAccount;
  /** The business date on which the rail carries it. */
  readonly businessDate: PlainDate;
  /** For the counterparty: what it is for. */
  readonly remittance?: string;
  readonly references: Readonly<Record<string, string>>;
}

export interface CollectionOrder extends OrderTerms {
  readonly mandate: { readonly agreementNumber: string; readonly signedOn: PlainDate; readonly sequence: Sequence };
  /** Whether the bank may take a part where there is too little for the whole. Files cannot say it: there it is the whole. */
  readonly partial: boolean;
}

export interface PaymentOrder extends OrderTerms {
  readonly mandate?: never;
  readonly partial?: never;
}

export type BankOrder = CollectionOrder | PaymentOrder;

interface Message<Way extends Direction, Order extends BankOrder> {
  readonly direction: Way;
  /** At most 35 characters of the Latin set; the same orders go under the same id, however often they are handed over. */
  readonly id: string;
  readonly tenant: string;
  /** Ours: the creditor of collections, the debtor of payments. */
  readonly account: PartyAccount;
  readonly orders: readonly Order[];
}

/** Orders of one direction, rail and account of ours that go together; its id is the message's number at the bank. */
export type BankMessage = CollectionsMessage | PaymentsMessage;
export type CollectionsMessage = Message<'COLLECT', CollectionOrder>;
export type PaymentsMessage = Message<'PAY', PaymentOrder>;

/** What a bank says of an order, in the house's words. */
export const bankStates = ['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED'] as const;
export type BankState = (typeof bankStates)[number];

/** An entry of a bank by which money of one order moved: told intraday and by the statement of the day, it is the same one. */
export interface BankEntry {
  /** The bank's own (AcctSvcrRef): of the entry, and of its transactions that are of the order. Any of them names it. */
  readonly references: readonly string[];
  /** Where it has references of one kind only: the same money may be told by those of the other kind elsewhere. */
  readonly by?: 'ENTRY' | 'TRANSACTION';
  /** What of the order it moved, above zero. */
  readonly amount: bigint;
}

/** A statement of a bank about one order; told late, twice or out of order it stays the same. */
export interface BankReport {
  readonly orderId: string;
  readonly state: BankState;
  /** The bank's own code, of ISO 20022 where it has one. */
  readonly code?: string;
  readonly text?: string;
  /** SETTLED, RETURNED: what moved, above zero in both directions; less than asked for where a part was taken. */
  readonly amount?: bigint;
  /** SETTLED, RETURNED: the entries that say so, as far as the bank names them; together they may be less than `amount`. */
  readonly entries?: readonly BankEntry[];
  /** SETTLED: what the bank says it charges us for it, minor units. */
  readonly fee?: bigint;
  /** ISO instant, by the bank. */
  readonly at: string;
  /** Where it comes from, so that it can be found again: a file, a call. */
  readonly source: string;
}

/**
 * TAKEN: the bank has the message, or has it already. NOT_TAKEN: the bank or the rail does not take it. WITHDRAWN: we kept
 * it back. Of both nothing arrived, and nothing ever will under its id, whoever hands it over. UNKNOWN: it may have arrived.
 */
export type Handover =
  | { readonly outcome: 'TAKEN' }
  | { readonly outcome: 'NOT_TAKEN'; readonly text: string }
  | { readonly outcome: 'WITHDRAWN'; readonly text: string }
  | { readonly outcome: 'UNKNOWN'; readonly text: string };

/** Takes reports in, each once, told as often as they are; a report is the same by order, state and source. */
export type TakeReports = (tenant: string, reports: readonly BankReport[], now: Date) => Promise<void>;

/** How collections and payments reach banks, and what comes back. Every call may be repeated. */
export interface BankGateway {
  /** What keeps an order out of any message, in words that name the field; nothing where it is sound. */
  faultOf(order: BankOrder): string | undefined;
  /**
   * Handed over again, a message goes by the channel, from the account and under the terms of the first time. Throws Problem
   * `collection/bank-message-differs` where the id of the message, or of one of its orders, was handed over before with
   * other orders: what was handed over then stands.
   */
  hand(message: BankMessage, now: Date): Promise<Handover>;
  /** Keeps a message back for ever, where provably nothing of it has gone: WITHDRAWN. Else what has become of it. */
  withdraw(message: BankMessage, now: Date): Promise<Handover>;
  /** What the bank knows of orders; nothing of one that it has not got, or not answered yet. */
  query(tenant: string, orderIds: readonly string[], now: Date): Promise<readonly BankReport[]>;
}
