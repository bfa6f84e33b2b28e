import type { DownMethod, UpMethod } from '../members/agreement.ts';
import type { ReceiptTerms } from '../members/receipt-terms.ts';
import type { Reason } from './reasons.ts';

/** What a plan is made of: the accounts of one pool in one currency, with what is agreed and true on the day. Minor units. */
export interface SweepNode {
  readonly id: string;
  /** Undefined for the header. */
  readonly parentId?: string;
  /** The lowest number is served first, equal numbers by id. */
  readonly priority: number;
  /** Posted − held debits − frozen. */
  readonly available: bigint;
  /** Posted: more than what is available where money is frozen or held. */
  readonly unencumbered: bigint;
  /** What never leaves by a sweep, at least zero: the reserve, and the minimum balance of the account itself. */
  readonly reserve: bigint;
  /** Why nothing may leave it or reach it. */
  readonly blocked?: Blocked;
  readonly up: UpRule | Idle;
  readonly down: DownRule | Idle;
  /** The header of a pool may lend without bound. */
  readonly unlimitedOverdraft?: boolean;
  /** It is the account above the header in which that invests. */
  readonly invested?: true;
  /** What its parent sent down and is still there; counts where the rule leaves it. */
  readonly sentByParent: bigint;
  /** What the parent lent it on balance: sent down less swept up (下借). */
  readonly owed?: bigint;
  /** The loan that money on the edge to its parent makes or pays back; undefined within one entity. */
  readonly loan?: EdgeLoan;
  /** Who gets receipts of what moves on the edge to its parent. */
  readonly receipts?: EdgeReceipts;
  /** Names of the limits that what moves on the edge to its parent counts against. */
  readonly counted?: EdgeLimits;
}

/** By direction; one that is not there has none. */
export interface EdgeLimits {
  readonly UP?: readonly string[];
  readonly DOWN?: readonly string[];
}

/** By direction; one that is not there goes by the default. */
export interface EdgeReceipts {
  readonly UP?: ReceiptTerms;
  readonly DOWN?: ReceiptTerms;
}

export type Blocked = 'ACCOUNT_FROZEN' | 'ACCOUNT_CLOSED' | 'BANK_CLOSED';

export interface Idle {
  readonly idle: Reason;
}

export interface UpRule {
  readonly rule: UpMethod;
  readonly triggerAmount?: bigint;
  readonly unit?: bigint;
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  /** What the limits of the day and of the periods leave; undefined without limits. */
  readonly room?: bigint;
  readonly sweepIfShort: boolean;
  readonly parentsMoney: 'SWEEP_BACK' | 'LEAVE';
  readonly whenParentFrozen: 'SWEEP' | 'SKIP';
  /** How many levels money of the account goes up in one run; undefined: as far as the rules above take it. */
  readonly levels?: number;
}

export interface DownRule {
  readonly rule: DownMethod;
  readonly triggerAmount?: bigint;
  readonly unit?: bigint;
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  readonly room?: bigint;
  readonly partialAllowed: boolean;
  /** From how many levels above its need is met; undefined: from all. */
  readonly levels?: number;
}

/** Which loan, and from which side the edge looks at it: the child is the first of the pair's two entities, or the second. */
export interface EdgeLoan {
  readonly pair: string;
  readonly child: 'FIRST' | 'SECOND';
}

/** The loan between two entities. A positive position: the first has lent to the second. */
export interface LoanState {
  readonly pair: string;
  readonly position: bigint;
  /** How far the first may lend to the second; undefined without a ceiling. */
  readonly firstLendsMax?: bigint;
  readonly secondLendsMax?: bigint;
}

export function isIdle(rule: UpRule | DownRule | Idle): rule is Idle {
  return 'idle' in rule;
}
