import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { RateSchedule } from './rates.ts';

/** How the advantage of a notional pool is shared. */
export const allocationMethods = [
  'CENTRAL',
  'ABSOLUTE_BALANCE',
  'CREDIT_CONTRIBUTORS',
  'FIXED_PERCENTAGES',
  'RATIO',
  'INTERNAL_RATES',
] as const;
export type AllocationMethod = (typeof allocationMethods)[number];

/**
 * CENTRAL: all stays with the header. ABSOLUTE_BALANCE: by each member's product (积数) of both sides, each
 * with its days as that side counts them.
 * CREDIT_CONTRIBUTORS: by each member's credit product alone. FIXED_PERCENTAGES: basis points by member id, 10000 in
 * all. RATIO: whole numbers by member id. INTERNAL_RATES: members earn and pay internal rates instead, and the header
 * keeps the margin.
 */
export type Allocation =
  | { readonly method: 'CENTRAL' | 'ABSOLUTE_BALANCE' | 'CREDIT_CONTRIBUTORS' }
  | { readonly method: 'FIXED_PERCENTAGES'; readonly basisPoints: ReadonlyMap<string, bigint> }
  | { readonly method: 'RATIO'; readonly weights: ReadonlyMap<string, bigint> }
  | { readonly method: 'INTERNAL_RATES'; readonly credit?: RateSchedule; readonly debit?: RateSchedule };

/** What is wrong with an allocation among these members, for a caller to read; undefined where nothing is. */
export function allocationFault(allocation: Allocation, memberIds: Iterable<string>): string | undefined {
  if (allocation.method === 'FIXED_PERCENTAGES') return percentagesFault(allocation.basisPoints, new Set(memberIds));
  if (allocation.method === 'RATIO') return ratioFault(allocation.weights, new Set(memberIds));
  return undefined;
}

function percentagesFault(basisPoints: ReadonlyMap<string, bigint>, members: ReadonlySet<string>): string | undefined {
  const whole = sum(basisPoints.values());
  const fault = sharesFault(basisPoints, members);
  if (fault !== undefined || whole === BASIS_POINTS_ONE) return fault;
  return `The members' basis points add up to ${whole}, not to ${BASIS_POINTS_ONE}.`;
}

function ratioFault(weights: ReadonlyMap<string, bigint>, members: ReadonlySet<string>): string | undefined {
  const fault = sharesFault(weights, members);
  if (fault !== undefined || sum(weights.values()) > 0n) return fault;
  return 'No member has a weight above zero.';
}

function sharesFault(shares: ReadonlyMap<string, bigint>, members: ReadonlySet<string>): string | undefined {
  for (const [id, share] of shares) {
    if (!members.has(id)) return `${id} is not a member of the pool.`;
    if (share < 0n) return `The share of ${id} is below zero.`;
  }
  return undefined;
}
