import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { normaliseName } from '../matching/names/normalise-name.ts';
import { keptOf, type Receipt } from '../receipts/receipt.ts';
import type { ReturnedCredit, ReturnedPart, ReturnedPayment, ReturnedReason } from './returned-credit.ts';

/** Days for which a bank takes back what nothing but its amount and its payer names. */
export const daysBackMax = 30;

/** Days for which it takes back what a reference names: banks begin to count anew, and use a serial number again. */
export const namedDaysBackMax = 100;

/** A receipt that a returned credit may be, and the credit of a statement that it was told by. */
export interface ReturnedCandidate {
  readonly receipt: Receipt;
  readonly creditKey?: string;
}

/** Receipts of the same account and currency by what led to them. */
export interface ReturnedCandidates extends Record<LedBy, readonly ReturnedCandidate[]> {
  /** What leads to more than were looked through. */
  readonly cut?: ReadonlySet<LedBy>;
}

/** What the bank calls it, what the payer called it, and its amount. */
export type LedBy = 'byBank' | 'byEndToEnd' | 'byAmount';

/** The receipts that were taken back; or why nobody knows, and which it may be of. */
export type WhichReceipt =
  | { readonly parts: readonly ReturnedPart[] }
  | { readonly reason: ReturnedReason; readonly candidates: readonly string[] };

type Wanted = ReturnedPayment & Pick<ReturnedCredit, 'bookedOn'>;

/**
 * Which receipt a bank took back: the one of its amount that has the bank's reference, else the end-to-end reference, else the
 * only one of this amount and payer that was paid at most `daysBackMax` days before. What a reference names was paid at most
 * `namedDaysBackMax` days before, and from no other account; only the end-to-end reference tells of a part of a receipt. Of
 * several with the bank's reference it is the one that the end-to-end reference or else the amount tells; or all, where they are
 * the parts of one credit and add up. Never by a guess, and never where something leads to more than were looked through.
 */
export function whichReceipt(wanted: Wanted, { cut = new Set(), ...candidates }: ReturnedCandidates): WhichReceipt {
  const { byBank, byEndToEnd, byAmount } = candidates;
  const isLikely = ({ receipt }: ReturnedCandidate) => mayBeOf(wanted, receipt);
  // What the bank calls more than were looked through tells nothing apart: then what the payer called it does.
  const ofBank = cut.has('byBank') ? [] : byBank.filter(isLikely);
  const ofPayer = byEndToEnd.filter(isLikely);
  if (ofBank.length > 0) return proved(among(wanted, narrowed(ofBank, ofPayer), ofPayer), cut.has('byEndToEnd'));
  if (ofPayer.length > 0) return proved(among(wanted, ofPayer, ofPayer), cut.has('byEndToEnd'));
  const ofAmount = byAmount.filter(({ receipt }) => isOfPayer(wanted, receipt));
  if (ofAmount.length > 0) return proved(among(wanted, ofAmount, []), cut.size > 0);
  const named = [...byBank, ...byEndToEnd];
  if (named.length > 0 && cut.size === 0) return unknown('DOUBTFUL_RECEIPT', named);
  return unknown(cut.size > 0 ? 'SEVERAL_RECEIPTS' : 'NO_RECEIPT', named);
}

/** What was found is not the only one where there are more than were looked through. */
function proved(found: WhichReceipt, isMore: boolean): WhichReceipt {
  if (!isMore || !('parts' in found)) return found;
  return { reason: 'SEVERAL_RECEIPTS', candidates: found.parts.map(({ receiptId }) => receiptId) };
}

/** Those of several that something else leads to as well, where it leads to any of them. */
function narrowed(
  some: readonly ReturnedCandidate[],
  others: readonly ReturnedCandidate[],
): readonly ReturnedCandidate[] {
  const both = some.filter((one) => includes(others, one));
  return both.length > 0 ? both : some;
}

/** `ofPayer`: those that the payer's own reference names, of which a part may have gone back. */
function among(
  { amount }: Wanted,
  candidates: readonly ReturnedCandidate[],
  ofPayer: readonly ReturnedCandidate[],
): WhichReceipt {
  const able = candidates.filter(({ receipt }) => keptOf(receipt) >= amount);
  if (able.length === 0) return wholeCredit(amount, candidates) ?? unknown('RECEIPT_EXCEEDED', candidates);
  const exact = able.filter(({ receipt }) => receipt.amount === amount);
  const fitting = exact.length > 0 ? exact : able.filter((one) => includes(ofPayer, one));
  const [only, second] = fitting;
  if (!only) return unknown('DOUBTFUL_RECEIPT', able);
  return second ? unknown('SEVERAL_RECEIPTS', fitting) : { parts: [{ receiptId: only.receipt.id, amount }] };
}

/** All parts of one credit, where none of them has gone back. */
function wholeCredit(amount: bigint, candidates: readonly ReturnedCandidate[]): WhichReceipt | undefined {
  const keys = new Set(candidates.map(({ creditKey }) => creditKey));
  const parts = candidates.map(({ receipt }) => ({ receiptId: receipt.id, amount: keptOf(receipt) }));
  const isUntouched = candidates.every(({ receipt }) => receipt.refunded === 0n);
  const isOneCredit = keys.size === 1 && !keys.has(undefined);
  return isOneCredit && isUntouched && sum(parts.map((one) => one.amount)) === amount ? { parts } : undefined;
}

function unknown(reason: ReturnedReason, candidates: readonly ReturnedCandidate[]): WhichReceipt {
  return { reason, candidates: [...new Set(candidates.map(({ receipt }) => receipt.id))] };
}

function includes(some: readonly ReturnedCandidate[], { receipt }: ReturnedCandidate): boolean {
  return some.some((one) => one.receipt.id === receipt.id);
}

/** Whether nothing speaks against it: it came before, not too long ago, and not from another account. */
export function mayBeOf(
  { payer, bookedOn }: Pick<Wanted, 'payer' | 'bookedOn'>,
  { payer: by, paidOn }: Receipt,
): boolean {
  if (!isPaidWithin(namedDaysBackMax, paidOn, bookedOn)) return false;
  return payer.accountKey === undefined || by.accountKey === undefined || payer.accountKey === by.accountKey;
}

function isOfPayer({ payer, bookedOn }: Wanted, { payer: by, paidOn }: Receipt): boolean {
  if (!isPaidWithin(daysBackMax, paidOn, bookedOn)) return false;
  if (payer.accountKey !== undefined && by.accountKey !== undefined) return payer.accountKey === by.accountKey;
  return payer.name !== undefined && by.name !== undefined && normaliseName(payer.name) === normaliseName(by.name);
}

function isPaidWithin(days: number, paidOn: PlainDate, bookedOn: PlainDate): boolean {
  return paidOn <= bookedOn && paidOn >= addDays(bookedOn, -days);
}
