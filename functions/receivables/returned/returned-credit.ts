import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Receipt } from '../receipts/receipt.ts';

/**
 * Why nobody knows which receipt a bank took back: none fits, several do, or may among more than are looked through, what fits has not so
 * much left, or what is named was of another amount, from another account, or paid later or too long before.
 */
export const returnedReasons = ['NO_RECEIPT', 'SEVERAL_RECEIPTS', 'RECEIPT_EXCEEDED', 'DOUBTFUL_RECEIPT'] as const;
export type ReturnedReason = (typeof returnedReasons)[number];

/**
 * OPEN: somebody is to say of which receipts it is. ASSIGNED: all of it is taken off receipts. DISMISSED: what is left of it was
 * never a receipt here, somebody said.
 */
export const returnedStates = ['OPEN', 'ASSIGNED', 'DISMISSED'] as const;
export type ReturnedState = (typeof returnedStates)[number];

/** What tells which receipt it is. Minor units. */
export interface ReturnedPayment {
  readonly amount: bigint;
  readonly payer: Receipt['payer'];
  /** The number under which the payment was ordered. */
  readonly endToEnd?: string;
}

/** What of a returned credit is taken off a receipt. Minor units. */
export interface ReturnedPart {
  readonly receiptId: string;
  readonly amount: bigint;
}

/** Receipts that money is taken off at once, at most: each is two items of a transaction. */
export const partsAtOnceMax = 45;

/** Receipts that somebody who looks is shown, at most. */
export const candidatesMax = 10;

/** Why somebody is to look, since when, and which receipts it may be of. */
export interface ReturnedWait {
  readonly reason: ReturnedReason;
  readonly since: string;
  /** Ids of receipts, `candidatesMax` at most. */
  readonly candidates: readonly string[];
}

/** A credit of a statement that the bank took back: a debit which reverses one. Minor units. */
export interface ReturnedCredit extends ReturnedPayment {
  readonly tenant: string;
  readonly id: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  /** The account of the ledger that it was taken from, and where receipts of that account lie; without, in that of the book. */
  readonly accountId: string;
  readonly cashAccountId?: string;
  readonly bookedOn: PlainDate;
  readonly texts: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  /** What the bank calls it. */
  readonly bankReferences: readonly string[];
  /** The payments of a batch that was taken back, where there are several. */
  readonly payments: readonly ReturnedPayment[];
  /** The entries of statements that told of it, the first one first. */
  readonly entryIds: readonly string[];
  readonly parts: readonly ReturnedPart[];
  /** Once it was looked at in vain. */
  readonly waits?: ReturnedWait;
  /** Receipts that somebody said it is not of after all: it is not taken off them by itself. */
  readonly ruledOut?: readonly string[];
  /** Why what is left of it is of no receipt. */
  readonly dismissed?: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

/** A reversal of what no receipt is of: it stands in the place of a returned credit, so that no other report makes it one. */
export interface Unreceived extends Pick<ReturnedCredit, 'tenant' | 'id'> {
  /** The entry that was told of first. */
  readonly entryId: string;
  readonly by: { readonly at: string; readonly cause: Cause };
}

/** The same for one reversal, whichever report tells of it. */
export const returnedIdOf = (tenant: string, reversalKey: string) => deriveId('rtc', tenant, reversalKey);

/** What is not taken off a receipt yet. Minor units. */
export function restOf({ amount, parts }: Pick<ReturnedCredit, 'amount' | 'parts'>): bigint {
  return amount - sum(parts.map((part) => part.amount));
}

export function returnedState(returned: ReturnedCredit): ReturnedState {
  if (restOf(returned) === 0n) return 'ASSIGNED';
  return returned.dismissed === undefined ? 'OPEN' : 'DISMISSED';
}
