/**
 * What a pain.002 (CustomerPaymentStatusReport) says, as a stream: the report with what it says of the whole message,
 * then each payment information it speaks of, and after each of these its transactions. Identifiers are exactly as in the
 * report, since they are compared with what was sent.
 */
export type StatusEvent =
  | { readonly kind: 'report'; readonly report: StatusReport }
  | { readonly kind: 'payment'; readonly payment: PaymentStatus }
  | { readonly kind: 'transaction'; readonly transaction: TransactionStatus }
  | { readonly kind: 'end'; readonly transactions: number; readonly flags: readonly StatusFlag[] };

/**
 * - TEXT_NOT_UTF8: bytes that are no UTF-8, read as windows-1252;
 * - ACCEPTED_AT_UNREADABLE: an acceptance time left out because it is no date-time;
 * - AMOUNT_UNREADABLE: an amount left out because it is none.
 */
export type StatusFlag = 'TEXT_NOT_UTF8' | 'ACCEPTED_AT_UNREADABLE' | 'AMOUNT_UNREADABLE';

/** A status and why. On any of the three levels it may be missing; then the level above speaks. */
export interface StatusClaim {
  /** The code as the bank gave it: ACCP, RJCT …. */
  readonly code?: string;
  readonly reasons: readonly StatusReason[];
}

export interface StatusReason {
  /** Of ISO's list: AC01, AM04 …. */
  readonly code?: string;
  /** Of the bank's own. */
  readonly proprietary?: string;
  /** What the bank adds for people, line by line. */
  readonly information: readonly string[];
}

/** OrgnlGrpInfAndSts, and who sent the report. */
export interface StatusReport extends StatusClaim {
  readonly version?: string;
  readonly messageId?: string;
  readonly createdAt?: string;
  readonly originalMessageId: string;
  /** `pain.008.001.08`, or as the bank writes it. */
  readonly originalMessageName: string;
  readonly originalCount?: number;
  /** A decimal text. */
  readonly originalSum?: string;
  readonly perStatus: readonly StatusCount[];
}

/** How many of the original transactions have a status (NbOfTxsPerSts). */
export interface StatusCount {
  readonly code: string;
  readonly count: number;
  /** A decimal text. */
  readonly sum?: string;
}

/** OrgnlPmtInfAndSts without its transactions. */
export interface PaymentStatus extends StatusClaim {
  readonly paymentInformationId: string;
  readonly originalCount?: number;
  readonly originalSum?: string;
  readonly perStatus: readonly StatusCount[];
}

/** TxInfAndSts: at least one of the two original ids is there. */
export interface TransactionStatus extends StatusClaim {
  readonly paymentInformationId: string;
  readonly instructionId?: string;
  readonly endToEndId?: string;
  /** ISO date-time, with a time zone where the bank gives one. */
  readonly acceptedAt?: string;
  /** The bank's own reference of the transaction. */
  readonly bankReference?: string;
  /** As sent: the instructed amount in minor units. */
  readonly amount?: bigint;
  readonly currency?: string;
}
