import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

export const dayLineKinds = [
  'PAYMENT',
  'REFUND',
  'SPLIT',
  'SPLIT_RETURN',
  'FEE',
  'FEE_RETURN',
  'SUBSIDY',
  'SUBSIDY_RETURN',
] as const;
export type DayLineKind = (typeof dayLineKinds)[number];

/** A line of a market's day, as its journal has it, for the daily file. */
export interface DayLine {
  readonly kind: DayLineKind;
  readonly date: PlainDate;
  /** When it happened: an instant in ISO 8601, UTC. Shares are of a day alone. */
  readonly at?: string;
  readonly orderNo?: string;
  readonly subOrderNo?: string;
  readonly merchantId?: string;
  readonly merchantName?: string;
  readonly channelId?: string;
  readonly transactionId?: string;
  readonly refundNo?: string;
  readonly splitNo?: string;
  readonly couponId?: string;
  readonly ruleVersion?: number;
  /** When it is paid out. */
  readonly dueDate?: PlainDate;
  readonly currency: CurrencyCode;
  /** Minor units; what leaves the market's order is negative. */
  readonly amount: bigint;
  /** Minor units of the channel's fee in it. */
  readonly fee: bigint;
  readonly description?: string;
}
