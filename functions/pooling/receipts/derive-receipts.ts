import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defaultReceipts } from '../members/receipt-terms.ts';
import type { Movement } from './movements.ts';
import { receiptNumber } from './receipt-number.ts';

/** Whose receipt it is: that of the account that paid, or of the one that was paid. */
export const receiptSides = ['PAYER', 'PAYEE'] as const;
export type ReceiptSide = (typeof receiptSides)[number];

/** An electronic receipt (回单) of one movement, or of all that an account paid, or was paid, in one direction (汇总回单). */
export interface SweepReceipt {
  readonly number: string;
  readonly kind: 'SINGLE' | 'AGGREGATED';
  readonly side: ReceiptSide;
  readonly accountId: string;
  readonly direction: Movement['direction'];
  /** Minor units: the sum of its movements. */
  readonly amount: bigint;
  /** When the last of its movements was booked. */
  readonly bookedAt: string;
  /** One of a SINGLE receipt; of an AGGREGATED one, one or more, by number. */
  readonly movements: readonly Movement[];
}

/** The run, or the payment, that the money moved in. */
export interface ReceiptSource {
  readonly id: string;
  readonly businessDate: PlainDate;
}

/**
 * The receipts of what moved in a run or for a payment, as agreed when that was planned. Each movement stands on one receipt
 * of each side that gets any. The aggregated ones come first, in the order of their first movements; then the single ones, in
 * the order of the movements; where both sides get one, the payer's before the payee's.
 */
export function deriveReceipts(source: ReceiptSource, movements: readonly Movement[]): SweepReceipt[] {
  const aggregated = new Map<string, { readonly side: ReceiptSide; readonly held: Movement[] }>();
  const single: SweepReceipt[] = [];
  for (const movement of movements) {
    for (const side of receiptSides) {
      const choice = choiceOf(movement, side);
      if (choice === 'SINGLE') single.push(receiptOf(source, choice, side, [movement]));
      if (choice !== 'AGGREGATED') continue;
      const group = `${side} ${movement.direction} ${accountOf(movement, side)}`;
      const begun = aggregated.get(group);
      if (begun) begun.held.push(movement);
      else aggregated.set(group, { side, held: [movement] });
    }
  }
  const sums = [...aggregated.values()].map(({ side, held }) => receiptOf(source, 'AGGREGATED', side, held));
  return [...sums, ...single];
}

function choiceOf({ receipts = defaultReceipts }: Movement, side: ReceiptSide) {
  return side === 'PAYER' ? receipts.payer : receipts.payee;
}

function accountOf({ payer, payee }: Movement, side: ReceiptSide): string {
  return side === 'PAYER' ? payer : payee;
}

/** Who stands on the other side of a movement. */
export function counterpartyOf({ payer, payee }: Movement, side: ReceiptSide): string {
  return side === 'PAYER' ? payee : payer;
}

function receiptOf(
  source: ReceiptSource,
  kind: SweepReceipt['kind'],
  side: ReceiptSide,
  movements: readonly Movement[],
): SweepReceipt {
  const [first] = movements;
  if (!first) throw new Error('A receipt is of one movement or more.');
  const { direction } = first;
  const accountId = accountOf(first, side);
  const what = kind === 'SINGLE' ? String(first.number) : accountId;
  return {
    number: receiptNumber(source, kind, side, direction, what),
    kind,
    side,
    accountId,
    direction,
    amount: sum(movements.map(({ amount }) => amount)),
    bookedAt: movements.reduce((latest, { bookedAt }) => (bookedAt > latest ? bookedAt : latest), first.bookedAt),
    movements,
  };
}
