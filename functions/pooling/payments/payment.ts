import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { ReceiptTerms } from '../members/receipt-terms.ts';
import type { Cause } from '../pool.ts';
import type { EdgeMovement } from '../sweeps/member-states.ts';
import type { Reason } from '../sweeps/reasons.ts';

/** PLANNED until the ledger has answered; PAID and REFUSED are final. */
export type PaymentStatus = 'PLANNED' | 'PAID' | 'REFUSED';

/** A payment out of a pool, and the money from above that makes it possible. */
export interface Payment {
  readonly id: string;
  readonly tenant: string;
  readonly poolId: string;
  readonly currency: string;
  readonly accountId: string;
  readonly creditAccountId: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly businessDate: PlainDate;
  readonly status: PaymentStatus;
  /** Counts the plans: one that was overtaken by other movements is made again. */
  readonly attempt: number;
  /** In the order in which the money comes down. */
  readonly funding: readonly PaymentFunding[];
  /** What the account must still have free; negative where it pays out of an overdraft, undefined where that has no bound. */
  readonly payerKeeps?: bigint;
  readonly transferId?: string;
  /** PAID: when the ledger booked it; absent of payments of before this was noted. */
  readonly bookedAt?: string;
  readonly refusal?: Refusal;
  readonly madeAt: string;
  readonly cause: Cause;
}

/** Money that comes down the edge above an account. */
export interface PaymentFunding {
  readonly accountId: string;
  readonly parentId: string;
  readonly amount: bigint;
  readonly parentKeeps?: bigint;
  readonly loan?: {
    readonly accountId: string;
    readonly controlId: string;
    readonly side: 'CREDIT' | 'DEBIT';
    readonly bound?: bigint;
  };
  /** Who gets a receipt of it; absent: `defaultReceipts`. */
  readonly receipts?: ReceiptTerms;
  /** Names of the limits that it was counted against. */
  readonly counted?: readonly string[];
}

/** Why a payment was refused: the pool may not fund it (a reason), or the ledger does not take it (a problem's code). */
export interface Refusal {
  readonly detail: string;
  readonly reason?: Reason;
  readonly accountId?: string;
  readonly short?: bigint;
  readonly code?: string;
}

export function paymentName({ poolId, id, attempt }: Pick<Payment, 'poolId' | 'id' | 'attempt'>): readonly string[] {
  return ['pooling', poolId, id, String(attempt)];
}

/** Money on one edge that a planned payment takes of the limits; spent in the same transfer. */
export interface PaymentMovement extends EdgeMovement {
  readonly parentId: string;
}

/** What a planned payment takes; one that was refused takes nothing. */
export function takenBy({ status, funding }: Pick<Payment, 'status' | 'funding'>): PaymentMovement[] {
  if (status === 'REFUSED') return [];
  return funding.map(({ accountId, parentId, amount, counted }) => ({
    accountId,
    parentId,
    direction: 'DOWN',
    amount,
    spent: true,
    ...(counted && { counted }),
  }));
}
