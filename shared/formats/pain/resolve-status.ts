import { type PaymentState, stateOf } from './status-codes.ts';
import type { StatusClaim, StatusReason, TransactionStatus } from './status-events.ts';

/** What a report says on the three levels that concern one transaction, as far as it says anything. */
export interface StatusLevels {
  readonly group?: StatusClaim;
  readonly payment?: StatusClaim;
  /** The lines of the transaction itself. */
  readonly transactions: readonly TransactionStatus[];
}

export interface ResolvedStatus {
  readonly state: PaymentState;
  readonly code: string;
  readonly level: 'TRANSACTION' | 'PAYMENT' | 'GROUP';
  readonly reasons: readonly StatusReason[];
  readonly acceptedAt?: string;
}

/**
 * Where one transaction stands by a report; nothing where the report does not say. The transaction's own line beats its
 * payment information, and that the message. PART above says nothing about a transaction, nor does what stands above the
 * PART. A line without a status of its own takes the one above and keeps its own reasons. Lines that contradict each
 * other are UNKNOWN, with the reasons of all.
 */
export function resolveStatus({ group, payment, transactions }: StatusLevels): ResolvedStatus | undefined {
  const own = ownStatus(transactions);
  if (own) return own;
  const reasons = transactions.flatMap((line) => line.reasons);
  const level = payment?.code === undefined ? 'GROUP' : 'PAYMENT';
  const above = payment?.code === undefined ? group : payment;
  if (above?.code === undefined || stateOf(above.code) === 'PARTIAL') return undefined;
  return {
    state: stateOf(above.code),
    code: above.code,
    level,
    reasons: reasons.length > 0 ? reasons : reasonsAbove(above, payment),
  };
}

/** A payment information without a status may still say why. */
function reasonsAbove(above: StatusClaim, payment: StatusClaim | undefined): readonly StatusReason[] {
  return payment && payment.reasons.length > 0 ? payment.reasons : above.reasons;
}

function ownStatus(lines: readonly TransactionStatus[]): ResolvedStatus | undefined {
  const [first, ...others] = lines.filter(({ code }) => code !== undefined);
  if (first?.code === undefined) return undefined;
  const agree = others.every(({ code }) => code === first.code);
  return {
    state: agree ? stateOf(first.code) : 'UNKNOWN',
    code: first.code,
    level: 'TRANSACTION',
    reasons: (agree ? [first] : [first, ...others]).flatMap(({ reasons }) => reasons),
    ...(first.acceptedAt !== undefined && { acceptedAt: first.acceptedAt }),
  };
}
