import type { DayCount } from './day-count.ts';

/** How the days of one side count, and which rates count for them. */
export interface SideConvention {
  readonly dayCount: DayCount;
  /** Whether each rate counts for its own days (分段计息), or the last counted day's for the whole period. */
  readonly segmented: boolean;
}

/** The convention of balances above zero (上存); that of balances below zero (下借) is the same but for what is said of it. */
export interface Conventions extends SideConvention {
  readonly debitDayCount?: DayCount;
  readonly debitSegmented?: boolean;
}

/** What is said of both sides, and nothing else. */
export function conventionsOf(terms: Conventions): Conventions {
  const { dayCount, segmented, debitDayCount, debitSegmented } = terms;
  return {
    dayCount,
    segmented,
    ...(debitDayCount && { debitDayCount }),
    ...(debitSegmented !== undefined && { debitSegmented }),
  };
}

/** The convention of each side. */
export function bySide({ dayCount, segmented, debitDayCount, debitSegmented }: Conventions): {
  readonly credit: SideConvention;
  readonly debit: SideConvention;
} {
  return {
    credit: { dayCount, segmented },
    debit: { dayCount: debitDayCount ?? dayCount, segmented: debitSegmented ?? segmented },
  };
}
