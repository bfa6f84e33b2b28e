import { addDays } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { normaliseName } from '../matching/names/normalise-name.ts';
import { keptOf, type Receipt } from '../receipts/receipt.ts';
import type { ReturnedCredit, ReturnedPart, ReturnedPayment, ReturnedReason } from './returned-credit.ts';

/** Days for which a bank takes back what nothing but its amount and its payer names. */
export const daysBackMax = 30;

/** A receipt that a returned credit may be, and the credit of a statement that it was told by. */
export interface ReturnedCandidate {
  readonly receipt: Receipt;
  readonly creditKey?: string;
}

/** Receipts of the same account and currency by what led to them. */
export interface ReturnedCandidates {
  readonly byBank: readonly ReturnedCandidate[];
  readonly byEndToEnd: readonly ReturnedCandidate[];
  /** Of the same amount. */
  readonly byAmount: readonly ReturnedCandidate[];
}

/** The receipts that were taken back, or why nobody knows. */
export type WhichReceipt = { readonly parts: readonly ReturnedPart[] } | { readonly reason: ReturnedReason };

type Wanted = ReturnedPayment & Pick<ReturnedCredit, 'bookedOn'>;

/**
 * Which receipt a bank took back: the one that has the bank's reference, else the end-to-end reference, else the only one of this
 * amount and payer that was paid at most `daysBackMax` days before. Of several with the bank's reference the one that the
 * end-to-end reference or else the amount tells; or all, where they are the parts of one credit and add up. Never by a guess.
 */
export function whichReceipt(wanted: Wanted, { byBank, byEndToEnd, byAmount }: ReturnedCandidates): WhichReceipt {
  if (byBank.length > 0) return among(wanted, narrowed(byBank, byEndToEnd));
  if (byEndToEnd.length > 0) return among(wanted, byEndToEnd);
  return among(
    wanted,
    byAmount.filter(({ receipt }) => isOfPayer(wanted, receipt)),
  );
}

/** Those of several that something else leads to as well, where it leads to any of them. */
function narrowed(
  some: readonly ReturnedCandidate[],
  others: readonly ReturnedCandidate[],
): readonly ReturnedCandidate[] {
  const ids = new Set(others.map(({ receipt }) => receipt.id));
  const both = some.filter(({ receipt }) => ids.has(receipt.id));
  return both.length > 0 ? both : some;
}

function among({ amount }: Wanted, candidates: readonly ReturnedCandidate[]): WhichReceipt {
  if (candidates.length === 0) return { reason: 'NO_RECEIPT' };
  const able = candidates.filter(({ receipt }) => keptOf(receipt) >= amount);
  const exact = able.filter(({ receipt }) => receipt.amount === amount);
  const [only, second] = exact.length > 0 ? exact : able;
  if (only && !second) return { parts: [{ receiptId: only.receipt.id, amount }] };
  if (only) return { reason: 'SEVERAL_RECEIPTS' };
  return wholeCredit(amount, candidates) ?? { reason: 'RECEIPT_EXCEEDED' };
}

/** All parts of one credit, where none of them has gone back. */
function wholeCredit(amount: bigint, candidates: readonly ReturnedCandidate[]): WhichReceipt | undefined {
  const keys = new Set(candidates.map(({ creditKey }) => creditKey));
  const parts = candidates.map(({ receipt }) => ({ receiptId: receipt.id, amount: keptOf(receipt) }));
  const isWhole = candidates.every(({ receipt }) => receipt.refunded === 0n) && sum(parts.map((one) => one.amount));
  return keys.size === 1 && !keys.has(undefined) && isWhole === amount ? { parts } : undefined;
}

function isOfPayer({ payer, bookedOn }: Wanted, { payer: by, paidOn }: Receipt): boolean {
  if (paidOn > bookedOn || paidOn < addDays(bookedOn, -daysBackMax)) return false;
  if (payer.accountKey !== undefined && by.accountKey !== undefined) return payer.accountKey === by.accountKey;
  return payer.name !== undefined && by.name !== undefined && normaliseName(payer.name) === normaliseName(by.name);
}
