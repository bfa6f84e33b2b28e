import { addDays, daysBetween } from '../../../shared/calendar/plain-date.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Receipt } from './receipt.ts';

/** Days between what was told by hand and what a bank tells of the same money, at most. */
const daysApartMax = 3;

/**
 * Receipts that one which is a DUPLICATE may be merged into: of the same entity, currency and amount, paid at about the same day
 * on the same account, where one of the two was told by hand alone and the other never by hand. By id, the nearest day first.
 */
export async function sameMoneyAs(
  store: Pick<ReceivablesStore, 'readReceiptsOfAmount' | 'readReceipts'>,
  receipt: Receipt,
): Promise<string[]> {
  const { tenant, id, paidOn, exception, allocated, onAccount, refunded } = receipt;
  if (exception?.reason !== 'DUPLICATE' || allocated + onAccount + refunded > 0n) return [];
  const days = { from: addDays(paidOn, -daysApartMax), to: addDays(paidOn, daysApartMax) };
  const pointed = await store.readReceiptsOfAmount(tenant, receipt, days);
  const others = pointed.map(({ receiptId }) => receiptId).filter((one) => one !== id);
  const found = [...(await store.readReceipts(tenant, others)).values()];
  const apart = (other: Receipt) => Math.abs(daysBetween(other.paidOn, paidOn));
  return found
    .filter((other) => isSameMoney(receipt, other))
    .sort((one, other) => apart(one) - apart(other) || (one.id < other.id ? -1 : 1))
    .map((other) => other.id);
}

/** Whether two receipts of one amount may be one: told by hand, and by others. */
export function isSameMoney(one: Receipt, other: Receipt): boolean {
  const isFit = !one.merged && !other.merged && one.amount === other.amount && isSameBook(one, other);
  if (!isFit || Math.abs(daysBetween(one.paidOn, other.paidOn)) > daysApartMax) return false;
  if (isByHand(one) === isByHand(other) || !mayBeEqual(one.cashAccountId, other.cashAccountId)) return false;
  return mayBeEqual(one.payer.accountKey, other.payer.accountKey);
}

function isSameBook(one: Receipt, other: Receipt): boolean {
  return one.legalEntity === other.legalEntity && one.currency === other.currency;
}

function isByHand({ sources }: Receipt): boolean {
  return sources.some(({ kind }) => kind === 'BY_HAND');
}

function mayBeEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
