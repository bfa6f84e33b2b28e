import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SplitLeg } from '../splits/split.ts';

/**
 * 汇总: what is split as one. All that sub-orders of one merchant under one version of a rule have due on a day: on these three
 * depends who gets what.
 */
export interface SumOf {
  readonly ruleId: string;
  readonly version: number;
  /** The merchant who sells. */
  readonly sellerId: string;
}

/** The id of the owner on whose days the base of sums stands. No id of a rule or merchant holds a colon. */
export function sumIdOf({ ruleId, version, sellerId }: SumOf): string {
  return `${ruleId}:${version}:${sellerId}`;
}

/** Throws on an id that sumIdOf did not make. */
export function sumOfId(id: string): SumOf {
  const [ruleId, version, sellerId] = id.split(':');
  if (!ruleId || !version || !sellerId) throw new Error(`${id} is no sum.`);
  return { ruleId, version: Number(version), sellerId };
}

/** A day of a sum. It may be split more than once: what comes after the day was closed is a sum of its own. */
export interface SumDay {
  readonly tenant: string;
  readonly marketId: string;
  readonly sum: SumOf;
  readonly date: PlainDate;
}

/** What orders bring into a sum. Minor units; below zero together only where refunds came after the day was closed. */
export interface SumBase {
  /** Each once, less those that are in it no more. */
  readonly orders: bigint;
  /** What ratios of ORDER and of PAID are of. */
  readonly order: bigint;
  readonly cash: bigint;
  /** What there is to split, with the fee in it. */
  readonly paid: bigint;
  readonly fee: bigint;
  /** What others than the merchant gave by coupons, part of what was paid. */
  readonly coupons: bigint;
  /** What others than the merchant who sells may have at most; none where no channel of its orders has a cap. */
  readonly mostToOthers?: bigint;
}

/** One receiver's share of a sum; `amount` is below zero where it gives back of an earlier one of the same day. Minor units. */
export interface SumShare extends Omit<SplitLeg, 'receiver'> {
  readonly receiver: string;
  /** Who gives it back in the receiver's place. */
  readonly from?: string;
}

/** A sum as it was split; never changed. */
export interface SplitSum extends SumDay {
  /** Which settlement of the day it is part of. */
  readonly sequence: number;
  readonly runId: string;
  readonly base: SumBase;
  /** They add up to what it had, its fee taken off, and what it took over; and to that less `lacking` where it is below zero. */
  readonly shares: readonly SumShare[];
  /** Below zero: what earlier ones of the day lacked, and it makes good first. */
  readonly takenOver: bigint;
  /** Below zero: what nobody has to give back; the next of the day takes it over. */
  readonly lacking: bigint;
  /** Of whose share the fee was taken, where that is not the merchant who sells. */
  readonly feeBearer?: string;
  /** Why it went to the merchant who sells as a whole, where the rule could not split it. */
  readonly notSplit?: string;
  readonly splitAt: string;
}

/** What the sums of a day were given to receivers, less what was taken back; none before the first is split. */
export interface SumState {
  readonly held: readonly HeldShare[];
  readonly lacking: bigint;
  /** ISO instant of the first. */
  readonly splitAt: string;
}

/** What one receiver still holds by one line. */
export interface HeldShare {
  readonly sequence: number;
  readonly receiver: string;
  /** Minor units, never below zero. */
  readonly held: bigint;
}

/** What a change of an order does to what a receiver holds of a day's sums: below zero where a refund takes. */
export interface SumChange extends SumDay {
  readonly sequence: number;
  readonly receiver: string;
  readonly amount: bigint;
}
