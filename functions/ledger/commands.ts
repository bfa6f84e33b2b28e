import type { AccountStatus, Constraint } from './account.ts';
import type { Cause, Leg, TransferMode } from './transfer.ts';

/** What every command carries: the record of its key, what the record is checked against, and who asks. */
interface Keyed {
  /** Id of the record of the key; for a command that makes a transfer it is the transfer's id. */
  readonly id: string;
  readonly fingerprint: string;
  readonly cause: Cause;
}

export interface MakeTransfer extends Keyed {
  readonly command: 'TRANSFER';
  readonly mode: TransferMode;
  readonly legs: readonly Leg[];
  readonly valueDate?: string;
  readonly expiresAt?: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
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

export type Command = MakeTransfer | PostPending | EndPending | ReverseTransfer | ChangeAccount;

/** The transfer that a command acts on, where it acts on one. */
export function targetOf(command: Command): string | undefined {
  if (command.command === 'POST' || command.command === 'VOID' || command.command === 'EXPIRE') {
    return command.pendingId;
  }
  return command.command === 'REVERSE' ? command.transferId : undefined;
}
