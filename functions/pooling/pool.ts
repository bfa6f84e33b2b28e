import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import type { Cause } from '../../shared/http/cause.ts';
import type { DownAgreement, UpAgreement } from './members/agreement.ts';

export type { Cause };

/** PHYSICAL sweeps between real accounts; LEDGER keeps one real account as a tree of internal ledgers; NOTIONAL moves nothing. */
export const poolKinds = ['PHYSICAL', 'LEDGER', 'NOTIONAL'] as const;
export type PoolKind = (typeof poolKinds)[number];

/** What the schedule does has no caller. */
export const scheduleCause: Cause = { client: 'yudao', role: 'system', requestId: 'schedule' };

export interface Pool {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly currency: string;
  readonly kind: PoolKind;
  /** The header; of a LEDGER pool the real account at the bank. */
  readonly headerAccountId: string;
  /** The top of the tree: the header, or a LEDGER pool's main ledger. */
  readonly rootAccountId: string;
  /** LEDGER: the account that mirrors the real one inside the book, and where receipts of the bank come from. */
  readonly book?: { readonly controlAccountId: string; readonly clearingAccountId: string };
  /** Grows with every change of the pool's item. */
  readonly revision: number;
  /** The configuration in force; 0 before the members are first set. */
  readonly configVersion: number;
  /** Where its blocks lie. */
  readonly configAttempt?: string;
  /** Grows when accounts claimed for a configuration that did not come into force are given away: then it never does. */
  readonly fence?: number;
  /** LEDGER: there while the book over the real account is being made; the key of the request that asked for it. */
  readonly opening?: { readonly operation: string; readonly key: string };
  /** How many members it has. */
  readonly members: number;
  readonly lastRun?: RunNumber;
  /** When the next scheduled run is due, or why that is not known. */
  readonly nextRun?: NextRun;
  /** The last scheduled run that could not be started in time. */
  readonly missedRun?: RunNumber & { readonly at: string };
  readonly createdAt: string;
  readonly changedAt: string;
  readonly cause: Cause;
}

export interface RunNumber {
  readonly businessDate: PlainDate;
  readonly runNumber: number;
}

export type NextRun =
  | (RunNumber & { readonly at: string })
  | { readonly fault: 'CALENDAR_NOT_PUBLISHED' | 'FAR_AHEAD'; readonly date: PlainDate; readonly askAgainAt: string };

/** Everything the treasurer set for a pool's accounts, replaced as a whole. */
export interface Configuration {
  readonly version: number;
  readonly header: HeaderTerms;
  readonly members: readonly Member[];
  readonly contracts: readonly LoanContract[];
  /** Where the loans between two entities are booked; kept for ever once there. */
  readonly loanBooks: readonly LoanBook[];
}

export interface HeaderTerms {
  readonly entity: string;
  readonly reserve: bigint;
  readonly unlimitedOverdraft: boolean;
  readonly investment?: Investment;
}

/** Where the header's surplus is invested, and what is agreed on that: up is investing, down is taking back. */
export interface Investment {
  readonly accountId: string;
  readonly up: readonly UpAgreement[];
  readonly down: readonly DownAgreement[];
}

export interface Member {
  readonly accountId: string;
  readonly parentId: string;
  readonly priority: number;
  /** The legal entity that owns the money. */
  readonly entity: string;
  readonly currency: string;
  readonly reserve: bigint;
  readonly up: readonly UpAgreement[];
  readonly down: readonly DownAgreement[];
  readonly bank?: BankDays;
  /** Of a header that stands below its investment account: it lends without bound. */
  readonly unlimitedOverdraft?: boolean;
}

/** When a member's bank moves money; without it, always. */
export interface BankDays {
  readonly workingDaysOnly: boolean;
  /** 'HH:MM', on the clock of Asia/Shanghai; the first minute and the last are in. */
  readonly hours?: { readonly opens: string; readonly closes: string };
  readonly closed: readonly { readonly from: PlainDate; readonly to: PlainDate }[];
}

/** 委托贷款: how far one entity may lend to another, when, and under which contract. */
export interface LoanContract {
  readonly lender: string;
  readonly borrower: string;
  readonly contract: string;
  /** 额度编号: the number of the bank's credit line that the loan is drawn on. */
  readonly creditLine?: string;
  readonly ceiling?: bigint;
  /** Without it, since ever. */
  readonly effectiveFrom?: PlainDate;
  /** The last day on which it may be lent. */
  readonly expiresOn?: PlainDate;
}

/**
 * The loan between two entities of a pool. The first's books hold its position against the second in an account of its own:
 * positive, it has lent. The second's books hold the other side, in one account for all its pairs.
 */
export interface LoanBook {
  readonly pair: string;
  readonly first: string;
  readonly second: string;
  readonly accountId: string;
  readonly controlId: string;
}

/** The one name of two entities, whichever is named first. */
export function pairOf(one: string, other: string): string {
  return JSON.stringify([one, other].sort());
}

/** What is remembered of a member from run to run. Minor units. */
export interface MemberState {
  readonly accountId: string;
  /** Position and sent money are between these two; below another parent they begin anew. */
  readonly parentId: string;
  /** Swept up less sent down: what the pool holds of this member, negative what it holds of the pool. */
  readonly position: bigint;
  /** What the parent sent down and was not spent or swept back since. */
  readonly sentByParent: bigint;
  readonly used: readonly LimitUse[];
}

/** What has moved in the period that begins on a day, against the limit of that kind. */
export interface LimitUse {
  readonly way: 'UP' | 'DOWN';
  /** 'MONTH', or 'RANGE 2026-01-01 2026-03-31'. */
  readonly limit: string;
  readonly since: PlainDate;
  readonly amount: bigint;
}

export function freshState(accountId: string, parentId = ''): MemberState {
  return { accountId, parentId, position: 0n, sentByParent: 0n, used: [] };
}
