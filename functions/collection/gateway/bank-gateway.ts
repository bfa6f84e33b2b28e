import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Sequence } from '../mandates/mandate.ts';
import type { RailKind } from '../routing/rail.ts';

/** A bank account as a bank is told of it; the number in full. */
export interface PartyAccount {
  readonly name: string;
  readonly number: string;
  readonly bank: { readonly cnaps?: string; readonly bic?: string };
}

/** One collection as it is handed to a bank. Its id is its number there for ever: it is never sent under another. */
export interface BankOrder {
  /** At most 35 characters of the Latin set; unique per tenant. */
  readonly id: string;
  readonly railKind: RailKind;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly payer: PartyAccount;
  readonly mandate: { readonly agreementNumber: string; readonly signedOn: PlainDate; readonly sequence: Sequence };
  /** The business date on which the rail carries it. */
  readonly businessDate: PlainDate;
  /** For the payer: what it is for. */
  readonly remittance?: string;
  readonly references: Readonly<Record<string, string>>;
}

/** Orders of one rail and one creditor that go together; its id is the message's number at the bank. */
export interface BankMessage {
  /** At most 35 characters of the Latin set; the same orders go under the same id, however often they are handed over. */
  readonly id: string;
  readonly tenant: string;
  readonly creditor: PartyAccount;
  readonly orders: readonly BankOrder[];
}

/** What a bank says of an order, in the house's words. */
export const bankStates = ['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED'] as const;
export type BankState = (typeof bankStates)[number];

/** A statement of a bank about one order; told late, twice or out of order it stays the same. */
export interface BankReport {
  readonly orderId: string;
  readonly state: BankState;
  /** The bank's own code, of ISO 20022 where it has one. */
  readonly code?: string;
  readonly text?: string;
  /** SETTLED, RETURNED: what moved; less than asked for where a part was taken. */
  readonly amount?: bigint;
  /** SETTLED: what the bank says it charges the creditor for it, minor units. */
  readonly fee?: bigint;
  /** ISO instant, by the bank. */
  readonly at: string;
  /** Where it comes from, so that it can be found again: a file, a call. */
  readonly source: string;
}

/** TAKEN: the bank has the message, or has it already. NOT_TAKEN: provably nothing of it arrived. UNKNOWN: it may have. */
export type Handover =
  | { readonly outcome: 'TAKEN' }
  | { readonly outcome: 'NOT_TAKEN'; readonly text: string }
  | { readonly outcome: 'UNKNOWN'; readonly text: string };

/** Takes reports in, each once, told as often as they are; a report is the same by order, state and source. */
export type TakeReports = (tenant: string, reports: readonly BankReport[], now: Date) => Promise<void>;

/** How collections reach banks, and what comes back. Every call may be repeated. */
export interface BankGateway {
  /**
   * Throws Problem `collection/bank-message-differs` where the id of the message, or of one of its orders, was handed over
   * before with other content: what was handed over then stands.
   */
  hand(message: BankMessage, now: Date): Promise<Handover>;
  /** What the bank knows of orders; nothing of one that it has not got, or not answered yet. */
  query(tenant: string, orderIds: readonly string[], now: Date): Promise<readonly BankReport[]>;
}
