import type { StatementTrailer } from './statement-trailer.ts';

/**
 * What a bank statement file says, as a stream: each statement (or page of one) opens with its header, gives its lines
 * in file order and closes with a trailer. The same shape for every format, so that a reader need not know which it was.
 *
 * Amounts are bigint minor units of their currency and signed from the account owner's side: money in is positive,
 * money out is negative. Dates are `YYYY-MM-DD`. Texts are trimmed and runs of white space are one blank.
 */
export type StatementFormat = 'camt.052' | 'camt.053' | 'camt.054' | 'MT940' | 'MT942';

export type {
  DeclaredTotal,
  DeclaredTotals,
  FloorLimit,
  StatementTrailer,
  TrailerFlag,
} from './statement-trailer.ts';

export type StatementEvent =
  | { readonly kind: 'statement'; readonly header: StatementHeader }
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  | { readonly kind: 'end'; readonly trailer: StatementTrailer };

export type CreditDebit = 'CREDIT' | 'DEBIT';

/** Whose statement it is, as far as the file has said so before its first line. */
export interface StatementHeader {
  readonly format: StatementFormat;
  /** The message's own version, `camt.053.001.08`. */
  readonly version?: string;
  /** GrpHdr/MsgId, or field 20. */
  readonly messageId?: string;
  /** Id of the statement within the message (camt only). */
  readonly statementId?: string;
  /** Electronic, else legal sequence number (camt); statement number of field 28C (MT). Leading zeros kept. */
  readonly sequenceNumber?: string;
  readonly pageNumber?: number;
  /** What the page says of itself (camt only); an MT page is the last when it closes with 62F. */
  readonly lastPage?: boolean;
  /** ISO date-time; with a time zone where the bank gives one. */
  readonly createdAt?: string;
  readonly account: StatementAccount;
  readonly fromDate?: string;
  readonly toDate?: string;
}

export interface StatementAccount {
  readonly iban?: string;
  /** A number that is no IBAN, as the file has it: `50880050/0194774600888`. */
  readonly number?: string;
  readonly bic?: string;
  readonly currency?: string;
  readonly ownerName?: string;
}

export interface StatementBalance {
  /** OPBD CLBD PRCD OPAV CLAV ITBD ITAV FWAV INFO … or the bank's own. MT: 60 OPBD, 62 CLBD, 64 CLAV, 65 FWAV. */
  readonly type: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly date?: string;
  /** The file says neither credit nor debit; read as credit. */
  readonly indicatorMissing?: true;
  /** Carries over between pages (60M, 62M; camt sub-type INTM). */
  readonly intermediate?: true;
}

export type EntryStatus = 'BOOKED' | 'PENDING' | 'INFO';

/**
 * What a careful reader would stop at in a line:
 * - DETAILS_DO_NOT_SUM: the transactions of a batch do not add up to the line (`detailsDifference`);
 * - INDICATOR_MISSING: neither credit nor debit, read as credit;
 * - NEGATIVE_AMOUNT: the amount carries a minus, which turned its direction round;
 * - STATUS_MISSING: read as booked in a camt.053, as information in a camt.052 or .054;
 * - STATUS_UNKNOWN: read as information;
 * - DATE_ADJUSTED: a day that its month does not have (30 February, of 30/360 interest) became the last of the month;
 * - DATE_UNREADABLE: a date left out because it is none;
 * - TEXT_NOT_UTF8: bytes that are no UTF-8, read as windows-1252.
 */
export type EntryFlag =
  | 'DETAILS_DO_NOT_SUM'
  | 'INDICATOR_MISSING'
  | 'NEGATIVE_AMOUNT'
  | 'STATUS_MISSING'
  | 'STATUS_UNKNOWN'
  | 'DATE_ADJUSTED'
  | 'DATE_UNREADABLE'
  | 'TEXT_NOT_UTF8';

/** Names of references; all are the file's own texts. */
export type ReferenceName =
  | 'endToEndId'
  | 'mandateId'
  | 'creditorId'
  | 'paymentInformationId'
  | 'instructionId'
  | 'transactionId'
  | 'messageId'
  | 'accountServicerReference'
  | 'clearingSystemReference'
  | 'chequeNumber'
  | 'uetr'
  | 'customerReference'
  | 'creditorReference'
  | 'documentNumber'
  | 'returnReason'
  | 'originatorId'
  | 'ultimateParty'
  | 'purpose'
  | 'businessTransactionCode'
  | 'primaNota'
  | 'textKeyExtension';

export type References = Readonly<Partial<Record<ReferenceName, string>>>;

export interface Counterparty {
  readonly name?: string;
  /** IBAN, or the number as the file has it. */
  readonly account?: string;
  readonly bic?: string;
}

/** Charges in the currency of the amount that they stand beside, in minor units; above zero where the account bears them. */
export interface Charges {
  /** Taken off the amount of what came, or added to that of what went. */
  readonly included: bigint;
  /** Booked by themselves. */
  readonly apart: bigint;
}

/** What an amount was before charges (camt only). */
export interface BeforeCharges {
  /** What was instructed, where it is in the currency of the amount. Minor units, above zero. */
  readonly instructedAmount?: bigint;
  readonly charges?: Charges;
}

export interface StatementEntry extends BeforeCharges {
  /** Place in its statement or page, from 1. */
  readonly index: number;
  /** Signed; a reversed credit (RC) is negative, a reversed debit (RD) positive. */
  readonly amount: bigint;
  readonly currency: string;
  /** Which way the money went, of a zero line too: RC is DEBIT, RD is CREDIT. */
  readonly creditDebit: CreditDebit;
  /** It undoes an earlier line. The direction above has taken this in already. */
  readonly reversal: boolean;
  readonly status: EntryStatus;
  readonly bookingDate?: string;
  /** ISO date-time as the file has it, where it gives the booking date with a time. */
  readonly bookedAt?: string;
  readonly valueDate?: string;
  /** The bank's reference: AcctSvcrRef, or what follows `//` in field 61. */
  readonly bankReference?: string;
  /** NtryRef, or the reference for the account owner in field 61. */
  readonly entryReference?: string;
  /** `PMNT/RCDT/ESCT` or the bank's own code (camt); `NTRF` (MT). */
  readonly transactionCode?: string;
  /** What the payer or payee wrote; where nothing says so, all there is to read. */
  readonly remittance?: string;
  /** What the bank adds: AddtlNtryInf; booking text, supplementary details (MT). */
  readonly additionalInformation?: string;
  readonly counterparty?: Counterparty;
  /** Its own, and those of its transaction when it has exactly one. */
  readonly references: References;
  readonly details: readonly EntryDetail[];
  readonly detailsCount: number;
  /** How many transactions the bank says the batch has, when it says so; it may list fewer. */
  readonly declaredDetailsCount?: number;
  /** Sum of the details − amount of the line, when it is not zero. */
  readonly detailsDifference?: bigint;
  readonly flags: readonly EntryFlag[];
}

/** One transaction of a line. */
export interface EntryDetail extends BeforeCharges {
  /** Signed. Missing where the file gives none. */
  readonly amount?: bigint;
  readonly currency?: string;
  readonly counterparty?: Counterparty;
  readonly references: References;
  readonly remittance?: string;
}
