import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { AskedWork } from '../background/asked-work.ts';
import type { DaySummary } from './compare-day.ts';
import type { Difference } from './difference.ts';

/** Which day of a channel is compared. */
export interface ComparedDayRef {
  readonly tenant: string;
  readonly marketId: string;
  readonly channelId: string;
  readonly businessDate: PlainDate;
}

/** The comparison of a day. */
export interface Comparison extends ComparedDayRef, AskedWork {
  readonly summary?: DaySummary;
  /** Why the last time came to nothing. */
  readonly problem?: { readonly code: string; readonly detail: string };
  readonly comparedAt?: string;
  readonly cause: Cause;
}

/** Differences in one transaction. (DynamoDB service quotas.) */
export const differencesPerWriteMax = 100;

/** A difference as it is kept, with what people said of it. */
export interface KeptDifference extends ComparedDayRef {
  readonly difference: Difference;
  /** Whether the last comparison found it; one that it did not find is kept where somebody said something of it. */
  readonly stands: boolean;
  readonly revision: number;
}
