import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { DaySummary } from './compare-day.ts';
import type { Difference } from './difference.ts';

/** Which day of a channel is compared. */
export interface ComparedDayRef {
  readonly tenant: string;
  readonly marketId: string;
  readonly channelId: string;
  readonly businessDate: PlainDate;
}

/** The comparison of a day: asked for any number of times, and done up to one of them. */
export interface Comparison extends ComparedDayRef {
  /** How often it was asked for, and which time of it was worked off last; it runs while they differ. */
  readonly asked: number;
  readonly done: number;
  /** Who works it off now, and until when nobody else does. */
  readonly lease?: { readonly by: string; readonly until: string };
  readonly summary?: DaySummary;
  /** Why the last time came to nothing. */
  readonly problem?: { readonly code: string; readonly detail: string };
  readonly comparedAt?: string;
  readonly revision: number;
  readonly changedAt: string;
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
