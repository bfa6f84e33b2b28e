import { allocate } from '../../../shared/money/allocate.ts';
import { sum } from '../../../shared/money/sum.ts';

/** What of a sub-order can still be refunded, the fee included. Minor units. */
export interface RefundableAmount {
  readonly subOrderId: string;
  /** Supervised still. */
  readonly unsplit: bigint;
  /** Given to its receivers. */
  readonly given: bigint;
}

export interface RefundLine {
  readonly subOrderId: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
}

/** What a refund names: sub-orders with an amount each, or one amount of the whole order. */
export type RefundAsked =
  | { readonly kind: 'ORDER'; readonly amount: bigint }
  | { readonly kind: 'LINES'; readonly lines: readonly RefundLine[] };

/** Why a refund cannot be divided. `line` is the index of the one at fault; none where the whole is. */
export type LineFault =
  | { readonly code: 'NO_LINES' }
  | { readonly code: 'NOT_ABOVE_ZERO'; readonly line?: number }
  | { readonly code: 'SUB_ORDER_UNKNOWN'; readonly line: number; readonly subOrderId: string }
  | { readonly code: 'SUB_ORDER_TWICE'; readonly line: number; readonly subOrderId: string }
  | { readonly code: 'REFUND_ABOVE_LEFT'; readonly line?: number; readonly left: bigint; readonly asked: bigint };

/**
 * How much of each sub-order is refunded, each amount within what that sub-order still holds. Lines stand as they are named. An
 * amount of the whole order takes what any sub-order has unsplit first, and the rest from what was given; each by what is there,
 * largest remainder, in the order of the sub-orders.
 */
export function refundLines(asked: RefundAsked, amounts: readonly RefundableAmount[]): RefundLine[] | LineFault {
  if (asked.kind === 'ORDER') return wholeLines(asked.amount, amounts);
  if (asked.lines.length === 0) return { code: 'NO_LINES' };
  return namedFault(asked.lines, amounts) ?? [...asked.lines];
}

function namedFault(lines: readonly RefundLine[], amounts: readonly RefundableAmount[]): LineFault | undefined {
  const byId = new Map(amounts.map((one) => [one.subOrderId, one]));
  const named = new Set<string>();
  for (const [line, { subOrderId, amount }] of lines.entries()) {
    const found = byId.get(subOrderId);
    if (!found) return { code: 'SUB_ORDER_UNKNOWN', line, subOrderId };
    if (named.has(subOrderId)) return { code: 'SUB_ORDER_TWICE', line, subOrderId };
    named.add(subOrderId);
    if (amount <= 0n) return { code: 'NOT_ABOVE_ZERO', line };
    const left = found.unsplit + found.given;
    if (amount > left) return { code: 'REFUND_ABOVE_LEFT', line, left, asked: amount };
  }
  return undefined;
}

function wholeLines(asked: bigint, amounts: readonly RefundableAmount[]): RefundLine[] | LineFault {
  if (asked <= 0n) return { code: 'NOT_ABOVE_ZERO' };
  const unsplit = amounts.map((one) => one.unsplit);
  const given = amounts.map((one) => one.given);
  const left = sum(unsplit) + sum(given);
  if (asked > left) return { code: 'REFUND_ABOVE_LEFT', left, asked };
  const rest = asked - sum(unsplit);
  const fromGiven = rest > 0n ? allocate(rest, given) : [];
  const fromUnsplit = rest > 0n ? unsplit : allocate(asked, unsplit);
  return amounts.flatMap(({ subOrderId }, index) => {
    const amount = (fromUnsplit[index] ?? 0n) + (fromGiven[index] ?? 0n);
    return amount === 0n ? [] : [{ subOrderId, amount }];
  });
}
