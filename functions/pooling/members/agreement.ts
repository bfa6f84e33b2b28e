import type { LimitPeriod } from '../schedule/limit-periods.ts';
import type { Schedule, Term } from '../schedule/schedule.ts';
import type { ReceiptTerms } from './receipt-terms.ts';

/**
 * What two neighbouring accounts of a pool agreed on. Money goes up from child to parent and down from parent to child;
 * each direction has agreements of its own, scheduled and in real time. Amounts are minor units, never negative.
 */

/** How much goes up, of what is available. The names of the field: 留底 KEEP_RESERVE, 定额 FIXED, 按比例 PERCENTAGE, 划整留余 MULTIPLE. */
export type SimpleUpMethod =
  | { readonly method: 'ZERO_BALANCE' }
  | { readonly method: 'KEEP_RESERVE'; readonly keep: bigint }
  | { readonly method: 'FIXED'; readonly amount: bigint }
  /** Millionths: 12.5 % is 125_000. */
  | { readonly method: 'PERCENTAGE'; readonly millionths: bigint }
  | { readonly method: 'MULTIPLE'; readonly multiple: bigint };

export type UpMethod =
  | SimpleUpMethod
  | { readonly method: 'TARGET'; readonly target: bigint }
  /** At or above the threshold all of it goes. */
  | { readonly method: 'THRESHOLD'; readonly threshold: bigint }
  /** At or above the threshold what is above the collar goes. */
  | { readonly method: 'COLLAR'; readonly threshold: bigint; readonly collar: bigint }
  /** 按余额区间: the tier [from, to) that holds the available amount says how. */
  | { readonly method: 'RANGE'; readonly tiers: readonly RangeTier[] }
  /** Only what the parent is overdrawn by. */
  | { readonly method: 'COVER_OVERDRAFT' }
  /** 回收: what the parent lent, on balance. */
  | { readonly method: 'RECALL' };

export interface RangeTier {
  readonly from: bigint;
  /** Not included; the last tier may have none. */
  readonly to?: bigint;
  readonly rule: SimpleUpMethod;
}

/** How much the child needs. CONSTANT lifts it to the target, FIXED only out of its overdraft, to zero. */
export type DownMethod =
  | { readonly method: 'TARGET'; readonly target: bigint; readonly mode: 'CONSTANT' | 'FIXED' }
  | { readonly method: 'ZERO_BALANCE' }
  | { readonly method: 'FIXED'; readonly amount: bigint };

export type Trigger = 'SCHEDULED' | 'REAL_TIME';

export interface PeriodLimit {
  readonly period: LimitPeriod;
  readonly amount: bigint;
}

interface AgreementTerms extends Term {
  readonly trigger: Trigger;
  /** SCHEDULED: when; without one it takes part in runs started by hand only. */
  readonly schedule?: Schedule;
  /** 划拨单元: only whole multiples move. */
  readonly unit?: bigint;
  /** Below it nothing moves; per movement. */
  readonly minimum?: bigint;
  /** No more than this moves; per movement. */
  readonly maximum?: bigint;
  /** No more than these amounts in their periods. */
  readonly limits: readonly PeriodLimit[];
  /**
   * 多级联动层级: how many levels one movement ripples on, this one included. Without it: by schedule as far as the rules
   * above take it, in real time one.
   */
  readonly levels?: number;
  /** 回单: who gets receipts of what moves, and how; absent: `defaultReceipts`. */
  readonly receipts?: ReceiptTerms;
}

export interface UpAgreement extends AgreementTerms {
  readonly rule: UpMethod;
  /** 触发金额: only where at least this is available. */
  readonly triggerAmount?: bigint;
  /** 余额不足是否上划: a fixed amount that is not there moves in part rather than not at all. */
  readonly sweepIfShort: boolean;
  /** What the parent sent down: swept back like other money, or left until it is spent. */
  readonly parentsMoney: 'SWEEP_BACK' | 'LEAVE';
  /** Whether money goes up into a parent that is frozen, where it would stay. */
  readonly whenParentFrozen: 'SWEEP' | 'SKIP';
}

export interface DownAgreement extends AgreementTerms {
  readonly rule: DownMethod;
  /** Only where at most this is available. */
  readonly triggerAmount?: bigint;
  /** Whether part of the need is better than nothing. */
  readonly partialAllowed: boolean;
  /** REAL_TIME: what bounds funding besides the limits: nothing, the child's own position in the pool, its internal ledger, or both. */
  readonly basis: 'NONE' | 'POSITION' | 'LEDGER' | 'BOTH';
  /** REAL_TIME (联动支付): whose money pays first. */
  readonly order: 'CHILD_FIRST' | 'PARENT_FIRST';
}
