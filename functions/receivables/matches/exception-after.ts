import type { ExceptionReason } from '../matching/decision.ts';
import { type Receipt, type ReceiptException, unappliedOf } from '../receipts/receipt.ts';

/** Work that is left though all of the money has its place. */
const staysWhenUsed: ReadonlySet<ExceptionReason> = new Set(['SHORT_PAID', 'OVERPAID']);

/**
 * What a receipt waits for after its money was used: nothing, once all of it has its place; but that it paid too little
 * waits until somebody settles it, and that it paid too much as long as something is on account. What is not used waits on,
 * and whoever has it keeps it.
 */
export function exceptionAfter(
  next: Receipt,
  told: ExceptionReason | undefined,
  at: string,
): ReceiptException | undefined {
  const { exception } = next;
  if (told !== undefined) return raised(exception, told, at);
  if (unappliedOf(next) > 0n) return exception ?? raised(undefined, reasonToLook(next), at);
  if (!exception || !staysWhenUsed.has(exception.reason)) return undefined;
  return exception.reason === 'OVERPAID' && next.onAccount === 0n ? undefined : exception;
}

/** The same reason again is the same exception. Whoever has it, and what was noted with it, stays with another one too. */
export function raised(before: ReceiptException | undefined, reason: ExceptionReason, at: string): ReceiptException {
  return before?.reason === reason ? before : { ...before, reason, since: at };
}

/** Why somebody is to look at a receipt that nothing else is known of. */
export function reasonToLook({
  suggestions,
  customerId,
}: Pick<Receipt, 'suggestions' | 'customerId'>): ExceptionReason {
  return suggestions.length > 0 || customerId !== undefined ? 'AMBIGUOUS' : 'UNKNOWN_PAYER';
}
