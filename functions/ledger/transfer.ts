import type { Cause } from '../../shared/http/cause.ts';
import { addDeltas, type Delta, noDelta } from './account.ts';

export type { Cause };

/**
 * - TRANSFER: posted at once, or pending (a hold).
 * - POST, VOID, EXPIRE: what became of a pending transfer. POST posts the whole or less; the rest of the hold is released.
 * - REVERSAL: the legs of a posted transfer the other way round.
 */
export type TransferType = 'TRANSFER' | 'POST' | 'VOID' | 'EXPIRE' | 'REVERSAL';
export type TransferMode = 'POSTED' | 'PENDING';
export type TransferStatus = 'POSTED' | 'PENDING' | 'PARTLY_POSTED' | 'VOIDED' | 'EXPIRED';

/** Legs of one transfer: with two versions each, its record and a target, they fit one transaction of 100 items. */
export const legsMax = 40;

export interface Leg {
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  /** Minor units, positive; in a POST it may be zero (this leg is only released), in VOID and EXPIRE it is what is released. */
  readonly amount: bigint;
  readonly currency: string;
  /** POST only: the whole hold that ends with it. */
  readonly held?: bigint;
}

/** What a transfer says. Never changes once written; the digest of it goes into the hash chains of its accounts. */
export interface TransferContent {
  readonly id: string;
  readonly type: TransferType;
  readonly mode: TransferMode;
  readonly legs: readonly Leg[];
  readonly valueDate: string;
  /** ISO instant. */
  readonly bookedAt: string;
  readonly expiresAt?: string;
  /** A hold of another capability, which alone posts or voids it. */
  readonly owner?: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  /** POST, VOID, EXPIRE: the pending transfer. */
  readonly pendingId?: string;
  /** REVERSAL: the transfer taken back. */
  readonly reverses?: string;
  readonly cause: Cause;
}

export interface Transfer extends TransferContent {
  readonly status: TransferStatus;
  /** The POST, VOID or EXPIRE that ended the hold. */
  readonly resolvedBy?: string;
  readonly reversedBy?: string;
}

/** The status with which a transfer begins: what its creator was told, whatever became of it. */
export function initialStatus(content: Pick<TransferContent, 'type' | 'mode'>): TransferStatus {
  if (content.type === 'VOID') return 'VOIDED';
  if (content.type === 'EXPIRE') return 'EXPIRED';
  return content.mode;
}

export type Side = 'DEBIT' | 'CREDIT';
/** POSTED moves money; HELD sets it aside; SETTLED posts from a hold and ends it; RELEASED ends a hold. */
export type EntryKind = 'POSTED' | 'HELD' | 'SETTLED' | 'RELEASED';

/** One line of an account's history: what one leg of one transfer means to one of its accounts. */
export interface Entry {
  readonly transferId: string;
  readonly leg: number;
  readonly side: Side;
  readonly kind: EntryKind;
  /** Minor units, never negative: what was posted, held or released. */
  readonly amount: bigint;
  readonly currency: string;
  readonly counterpartyAccountId: string;
  readonly delta: Delta;
}

const kindOf: Record<TransferType, EntryKind> = {
  TRANSFER: 'POSTED',
  REVERSAL: 'POSTED',
  POST: 'SETTLED',
  VOID: 'RELEASED',
  EXPIRE: 'RELEASED',
};

/** The lines that a transfer writes into the history of one account, in the order of its legs. */
export function entriesOf(transfer: TransferContent, accountId: string): Entry[] {
  const kind = transfer.type === 'TRANSFER' && transfer.mode === 'PENDING' ? 'HELD' : kindOf[transfer.type];
  return transfer.legs.flatMap((leg, index) => {
    const lines: Entry[] = [];
    const line = (side: Side, counterpartyAccountId: string): Entry => ({
      transferId: transfer.id,
      leg: index,
      side,
      kind,
      amount: leg.amount,
      currency: leg.currency,
      counterpartyAccountId,
      delta: deltaOf(kind, side, leg),
    });
    if (leg.debitAccountId === accountId) lines.push(line('DEBIT', leg.creditAccountId));
    if (leg.creditAccountId === accountId) lines.push(line('CREDIT', leg.debitAccountId));
    return lines;
  });
}

function deltaOf(kind: EntryKind, side: Side, leg: Leg): Delta {
  const posted = kind === 'POSTED' || kind === 'SETTLED' ? leg.amount : 0n;
  const held = kind === 'HELD' ? leg.amount : kind === 'RELEASED' ? -leg.amount : -(leg.held ?? 0n);
  return side === 'DEBIT'
    ? { posted: -posted, pendingIn: 0n, pendingOut: held }
    : { posted, pendingIn: held, pendingOut: 0n };
}

/** The net effect of a transfer on one account. */
export function effectOn(transfer: TransferContent, accountId: string): Delta {
  return entriesOf(transfer, accountId).reduce((sum, entry) => addDeltas(sum, entry.delta), noDelta);
}

/** Every account a transfer touches, once each, in the order of its legs. */
export function accountsOf(transfer: Pick<TransferContent, 'legs'>): string[] {
  return [...new Set(transfer.legs.flatMap((leg) => [leg.debitAccountId, leg.creditAccountId]))];
}
