import type { AccountStatus, Constraint } from './account.ts';
import type { Cause, Leg, TransferMode } from './transfer.ts';

/** What every command carries: the record of its key, what the record is checked against, and who asks. */
interface Keyed {
  /** Id of the record of the key; for a command that makes a transfer it is the transfer's id. */
  readonly id: string;
  readonly fingerprint: string;
  readonly cause: Cause;
  /** The capability that asks; nobody's where a caller of the API does. */
  readonly owner?: string;
}

/** What must hold of an account after the transfer, in minor units; the account must be one of the transfer's. */
export interface Guard {
  readonly accountId: string;
  /** posted − held debits − frozen, at least. (Independent of the account's own constraint.) */
  readonly freeMin?: bigint;
  readonly postedMin?: bigint;
  readonly postedMax?: bigint;
}

export interface MakeTransfer extends Keyed {
  readonly command: 'TRANSFER';
  readonly mode: TransferMode;
  readonly legs: readonly Leg[];
  readonly valueDate?: string;
  readonly expiresAt?: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  /** Neither stored nor digested: what tells two transfers apart by them stands in the fingerprint. */
  readonly guards?: readonly Guard[];
}

export interface PostPending extends Keyed {
  readonly command: 'POST';
  readonly pendingId: string;
  /** Minor units by leg number; legs not named post in full. */
  readonly amounts: readonly { readonly leg: number; readonly minor: bigint; readonly currency: string }[];
  readonly valueDate?: string;
}

export interface EndPending extends Keyed {
  readonly command: 'VOID' | 'EXPIRE';
  readonly pendingId: string;
}

export interface ReverseTransfer extends Keyed {
  readonly command: 'REVERSE';
  readonly transferId: string;
  readonly valueDate?: string;
  readonly description?: string;
}

export interface ChangeAccount extends Keyed {
  readonly command: 'CHANGE';
  readonly accountId: string;
  readonly status?: AccountStatus;
  readonly constraint?: Constraint;
  /** Minor units to add to what is frozen; negative to take off. */
  readonly freeze?: bigint;
}

/** Makes an account the REAL one of a book; the book's main ledger takes its balance over in the same transaction. */
export interface BindBook extends Keyed {
  readonly command: 'BIND';
  readonly bookId: string;
  readonly realAccountId: string;
  readonly controlAccountId: string;
  readonly mainLedgerId: string;
}

export type Command = MakeTransfer | PostPending | EndPending | ReverseTransfer | ChangeAccount | BindBook;

/** The transfer that a command acts on, where it acts on one. */
export function targetOf(command: Command): string | undefined {
  if (command.command === 'POST' || command.command === 'VOID' || command.command === 'EXPIRE') {
    return command.pendingId;
  }
  return command.command === 'REVERSE' ? command.transferId : undefined;
}
