/**
 * An account is a chain of versions. Each version holds the whole state after what it took in; the next is written only
 * where none stands. The state says what may be debited; nothing else is asked.
 */
export type AccountStatus = 'ACTIVE' | 'FROZEN' | 'CLOSED';

export const purposes = [
  'GENERAL',
  'INCOME',
  'EXPENSE',
  'WAGE',
  'ESCROW',
  'RESERVE',
  'CLEARING',
  'LOAN',
  'FEE',
] as const;
export type Purpose = (typeof purposes)[number];

/** How far an account may be debited. Amounts are minor units of the account's currency and never negative. */
export type Constraint =
  | { readonly type: 'NONE' }
  | { readonly type: 'MIN_BALANCE'; readonly minor: bigint }
  | { readonly type: 'OVERDRAFT_LIMIT'; readonly minor: bigint };

/**
 * Where an account stands in a book (账簿): one REAL account whose money is carried by a closed set of internal ones.
 * - REAL: the account outside that holds the money.
 * - CONTROL: its mirror inside; its balance is that of the REAL account with the sign turned.
 * - LEDGER: a member's share. The ledgers and the control account add up to zero, so the ledgers are the real balance.
 * - INCOME: a ledger that takes money in and pays nobody outside (收支两条线).
 *
 * A book of LEDGERs alone has no money outside and adds up to zero.
 */
export const bookRoles = ['REAL', 'CONTROL', 'LEDGER', 'INCOME'] as const;
export type BookRole = (typeof bookRoles)[number];

export interface Book {
  readonly id: string;
  readonly role: BookRole;
  /** CONTROL only: the account it mirrors, from the moment that one is bound. */
  readonly realAccountId?: string;
}

/** What does not change after the account is opened. */
export interface Account {
  readonly id: string;
  readonly currency: string;
  readonly holder: string;
  readonly name?: string;
  readonly purpose: Purpose;
  /** Recording only: postings are folded in from the stream, never authorised against it. */
  readonly hot: boolean;
  readonly bankAccount?: { readonly number: string; readonly bic?: string; readonly cnaps?: string };
  readonly references: Readonly<Record<string, string>>;
  readonly openedAt: string;
}

/** Minor units; credits increase, debits decrease. `posted` is credits − debits. */
export interface AccountState {
  readonly accountId: string;
  readonly currency: string;
  readonly hot: boolean;
  readonly version: number;
  readonly status: AccountStatus;
  readonly constraint: Constraint;
  readonly posted: bigint;
  /** Credits that are held but not posted; they cannot be spent. */
  readonly pendingIn: bigint;
  /** Debits that are held; they are already gone from what is available. */
  readonly pendingOut: bigint;
  readonly frozen: bigint;
  readonly book?: Book;
  /** The capability whose own it is: nobody else moves, holds, reverses or closes anything of it. */
  readonly owner?: string;
  /** Of an owned one: anybody may pay in. What is on it its owner alone moves. */
  readonly takesCredits?: true;
  /** ISO instant of this version; never earlier than the version before. */
  readonly at: string;
  readonly hash: Uint8Array;
}

/** A change of balances, in minor units. */
export interface Delta {
  readonly posted: bigint;
  readonly pendingIn: bigint;
  readonly pendingOut: bigint;
}

export const noDelta: Delta = { posted: 0n, pendingIn: 0n, pendingOut: 0n };

export function addDeltas(a: Delta, b: Delta): Delta {
  return {
    posted: a.posted + b.posted,
    pendingIn: a.pendingIn + b.pendingIn,
    pendingOut: a.pendingOut + b.pendingOut,
  };
}

export function applyDelta(state: AccountState, delta: Delta): AccountState {
  return { ...state, ...addDeltas(state, delta) };
}

/** The balance below which a debit may not take the account; undefined where there is no such bound. */
export function floorOf(constraint: Constraint): bigint | undefined {
  if (constraint.type === 'NONE') return undefined;
  return constraint.type === 'MIN_BALANCE' ? constraint.minor : -constraint.minor;
}

/**
 * What may still be debited: posted − held debits − frozen, above the floor. Held credits do not count. For an account
 * without a constraint the floor is taken as zero; it may be debited further.
 */
export function availableOf(state: AccountState): bigint {
  return state.posted - state.pendingOut - state.frozen - (floorOf(state.constraint) ?? 0n);
}

/**
 * Whether the state may be reached by a change that takes `available` down. Frozen money stays where it is on every
 * account: while something is frozen, an account without a constraint has the floor zero.
 */
export function keepsConstraint(state: AccountState): boolean {
  return !isBound(state) || availableOf(state) >= 0n;
}

/** Whether debits are authorised against a floor. */
export function isBound(state: AccountState): boolean {
  return state.constraint.type !== 'NONE' || state.frozen > 0n;
}
