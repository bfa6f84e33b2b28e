import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { ExceptionReason, Explanation } from '../matching/decision.ts';
import type { Merged, TakenBack, Unmerged } from './merged.ts';

export const sourceKinds = ['STATEMENT', 'COLLECTION', 'ORDER', 'NETTING', 'BY_HAND'] as const;

/** Who told of a receipt: the same money may be told of by several. */
export interface ReceiptSource {
  readonly kind: (typeof sourceKinds)[number];
  /** The entry of a statement, the order to a bank, the order of a market, the netting cycle, the number given by hand. */
  readonly id: string;
  readonly at: string;
  /** What it told of, where that is another amount than the receipt has. Minor units. */
  readonly amount?: bigint;
}

/** What a receipt waits for somebody to do. */
export interface ReceiptException {
  readonly reason: ExceptionReason;
  readonly since: string;
  readonly assignee?: string;
  readonly note?: string;
}

/** A report that knows more says that what was told before is no receipt, or not all of it. */
export interface NoReceipt {
  readonly why: string;
  /** The entry of a statement that says so. */
  readonly entryId: string;
  readonly at: string;
}

/** What of a receipt never was one, as somebody found. Minor units. */
export interface Dismissal {
  readonly amount: bigint;
  readonly reason: string;
  readonly date: PlainDate;
  readonly at: string;
  /** It was one after all. */
  readonly undone?: TakenBack;
}

/** Money that came. Minor units. */
export interface Receipt {
  readonly tenant: string;
  readonly id: string;
  /** The tenant's own number of one that was told by hand. */
  readonly number?: string;
  /** Of what was told by hand, so that it is known where it is sent again. */
  readonly toldHash?: string;
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
  /** The ledger account that holds the money; without one, that of the book. */
  readonly cashAccountId?: string;
  /** Who paid, once that is known. */
  readonly customerId?: string;
  readonly exception?: ReceiptException;
  /** That it paid too little, while nothing is open of what it paid: it waits for the same again when something is. */
  readonly settled?: ReceiptException;
  /** How it may be explained, the best first. */
  readonly suggestions: readonly Explanation[];
  /** How many matches were ever made of it, those that were undone with them: each has its number in its id. */
  readonly matchesMade: number;
  /** A match of it was undone: from then on matching suggests, and books nothing of it by itself. */
  readonly handled?: true;
  /** It is the same money as another receipt, which counts from that day on in its place: of this one there is nothing. */
  readonly merged?: Merged;
  /** Merges of it that were taken back, the first one first. */
  readonly unmerged?: readonly Unmerged[];
  /** It came from an account of the tenant's own ledger: only what it names is paid by itself. */
  readonly fromOwn?: true;
  /** Matching leaves it alone until somebody has dismissed what is none. */
  readonly noReceipt?: NoReceipt;
  /** They count from their days on: of so much there is nothing. */
  readonly dismissals?: readonly Dismissal[];
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

/**
 * OPEN: nothing of it is used. MATCHED: all of it is, be it on account. REFUNDED: all of it went back. MERGED: it was the same
 * money as another receipt. DISMISSED: it never was one.
 */
export const receiptStates = ['OPEN', 'PART_MATCHED', 'MATCHED', 'REFUNDED', 'MERGED', 'DISMISSED'] as const;
export type ReceiptState = (typeof receiptStates)[number];

/** What never was a receipt. Minor units. */
export function dismissedOf({ dismissals = [] }: Pick<Receipt, 'dismissals'>): bigint {
  return sum(dismissals.map(({ amount, undone }) => (undone ? 0n : amount)));
}

/** What nobody knows the use of. Minor units, never below zero. */
export function unappliedOf(
  receipt: Pick<Receipt, 'amount' | 'allocated' | 'onAccount' | 'refunded' | 'merged' | 'dismissals'>,
): bigint {
  return keptOf(receipt) - (receipt.merged ? 0n : receipt.allocated + receipt.onAccount);
}

/** Whether nothing of it is used, went back, or was dismissed. */
export function isUntouched({ allocated, onAccount, refunded, dismissals = [] }: Receipt): boolean {
  return allocated + onAccount + refunded + dismissedOf({ dismissals }) === 0n;
}

export function receiptState(receipt: Receipt): ReceiptState {
  const { amount, refunded, allocated, onAccount, merged } = receipt;
  const dismissed = dismissedOf(receipt);
  if (merged) return 'MERGED';
  if (dismissed === amount) return 'DISMISSED';
  if (refunded + dismissed === amount) return 'REFUNDED';
  if (unappliedOf(receipt) === 0n) return 'MATCHED';
  return allocated + onAccount + refunded > 0n ? 'PART_MATCHED' : 'OPEN';
}

/** What of a receipt came and did not go back, whatever it is used for. Minor units. */
export function keptOf(receipt: Pick<Receipt, 'amount' | 'refunded' | 'merged' | 'dismissals'>): bigint {
  return receipt.merged ? 0n : receipt.amount - receipt.refunded - dismissedOf(receipt);
}

/**
 * Money of a receipt that goes back to its payer. Never changes. Where a bank took back what had been put on account, and
 * some of that had gone back from there before, a refund of no amount puts it there again, out of what was unapplied.
 */
export interface Refund {
  readonly tenant: string;
  readonly id: string;
  readonly receiptId: string;
  readonly customerId?: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  /** Of it, taken from what the customer had on account, below zero where it is put back; the rest was unapplied. */
  readonly fromOnAccount: bigint;
  /** As the receipt's was then. */
  readonly cashAccountId?: string;
  /** What took it back where a bank did (退汇): the order to it by which the money had come, or the returned credit. */
  readonly returnOf?: string;
  readonly reason: string;
  readonly date: PlainDate;
  readonly at: string;
  readonly cause: Cause;
}

/**
 * REFUND: somebody gave money back (退款). RETURNED: a bank took it back (退汇). RETURN_REVERSED: it did not take that back after
 * all. ON_ACCOUNT_RESTORED: no money moves; what had gone back from on account is there again, out of what was unapplied.
 */
export const refundKinds = ['REFUND', 'RETURNED', 'RETURN_REVERSED', 'ON_ACCOUNT_RESTORED'] as const;
export type RefundKind = (typeof refundKinds)[number];

export function refundKind({ amount, returnOf }: Pick<Refund, 'amount' | 'returnOf'>): RefundKind {
  if (amount === 0n) return 'ON_ACCOUNT_RESTORED';
  if (amount < 0n) return 'RETURN_REVERSED';
  return returnOf === undefined ? 'REFUND' : 'RETURNED';
}
