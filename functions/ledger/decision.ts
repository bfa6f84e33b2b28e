import type { Problem } from '../../shared/problems/problem.ts';
import type { AccountState, Delta } from './account.ts';
import type { Command } from './commands.ts';
import type { Transfer, TransferContent, TransferStatus } from './transfer.ts';
import type { ValueDatedHistory } from './value-dates.ts';

/** What a decision is taken on: everything read beforehand, and what earlier commands of the same batch made of it. */
export interface World {
  readonly accounts: Map<string, AccountState>;
  readonly transfers: Map<string, Transfer>;
  /** Histories by value date, of the constrained accounts that a backdated command debits. */
  readonly histories: Map<string, ValueDatedHistory | 'TOO_LONG'>;
}

export interface AcceptedTransfer {
  readonly outcome: 'TRANSFER';
  readonly command: Command;
  readonly transfer: TransferContent;
  /** States after it of the accounts it is authorised against. */
  readonly states: readonly AccountState[];
  /** What it records on hot accounts. */
  readonly recorded: readonly { readonly accountId: string; readonly delta: Delta }[];
  /** The earlier transfer that it ends or takes back. */
  readonly target?: TargetUpdate;
  /** Accounts of `states` that it changes beyond their balances. */
  readonly changed?: readonly string[];
}

export interface TargetUpdate {
  readonly transferId: string;
  readonly status?: TransferStatus;
  readonly resolvedBy?: string;
  readonly reversedBy?: string;
}

export interface AcceptedChange {
  readonly outcome: 'CHANGE';
  readonly command: Command;
  /** The account it is about. */
  readonly state: AccountState;
  /** Others that change with it. */
  readonly others?: readonly AccountState[];
}

export interface Refused {
  readonly outcome: 'REFUSED';
  readonly command: Command;
  readonly problem: Problem;
  /** The accounts whose state it was refused on. */
  readonly accountIds: readonly string[];
}

export type Decision = AcceptedTransfer | AcceptedChange | Refused;

export function refuse(command: Command, problem: Problem, accountIds: readonly string[] = []): Refused {
  return { outcome: 'REFUSED', command, problem, accountIds };
}

/** Malformed requests are not remembered; a refusal by state is. */
export function isRemembered(problem: Problem): boolean {
  return problem.status !== 400;
}

/** The states of accounts that an accepted command writes. */
export function statesOf(decision: AcceptedTransfer | AcceptedChange): readonly AccountState[] {
  if (decision.outcome === 'TRANSFER') return decision.states;
  return decision.others ? [decision.state, ...decision.others] : [decision.state];
}
