import { sum } from '../../../shared/money/sum.ts';
import type { Accrual } from './accrue.ts';

/** Interest of a period by side, in minor units. */
export interface SideAmounts {
  /** What the account earns; below zero in a difference that takes back. */
  readonly credit: bigint;
  /** What the account pays; below zero in a difference that gives back. */
  readonly debit: bigint;
}

/** The rounded interest of an accrual: what is booked for it. */
export function roundedInterest({ credit, debit }: Accrual): SideAmounts {
  return { credit: credit.interest, debit: debit.interest };
}

/**
 * What is still to be booked for a period after back-valued items: per side, the recomputed interest less all that has
 * been booked, the original and each earlier adjustment. Once it is booked, the sum of the bookings is the interest
 * that would have been booked had everything been known, however often it was repriced.
 */
export function repricingDifference(booked: readonly SideAmounts[], recomputed: SideAmounts): SideAmounts {
  return {
    credit: recomputed.credit - sum(booked.map(({ credit }) => credit)),
    debit: recomputed.debit - sum(booked.map(({ debit }) => debit)),
  };
}
