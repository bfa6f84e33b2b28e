import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CycleSchedule } from '../cycles/schedule.ts';
import type { BilateralLimit } from '../limits/limit.ts';
import type { NettingMode, Pair, PaymentWay, UnconfirmedRule } from '../terms/netting-terms.ts';
import type { Source } from './identity.ts';

/** Minor units of a currency. */
export interface CurrencyAmount {
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/** HOME_CURRENCY: net positions are converted at the rates of the rate set, and one payment settles them all. */
export const settlements = ['EACH_CURRENCY', 'HOME_CURRENCY'] as const;

/** What a centre has agreed with its participants; they may change, and each change is a version. */
export interface CentreTerms {
  readonly name: string;
  readonly currencies: readonly CurrencyCode[];
  readonly mode: NettingMode;
  /** DIRECT where the mode is BILATERAL. */
  readonly payments: PaymentWay;
  readonly settlement: (typeof settlements)[number];
  /** Name of the rates by which positions are converted. */
  readonly rateSet?: string;
  /** Calendar days that a rate may be older than the cut-off date, at most; an older one is as good as none. */
  readonly rateDaysMax: number;
  readonly schedule: CycleSchedule;
  /** Positions below it are carried to the next cycle; by the currency that is paid in. */
  readonly minimumPayments: readonly CurrencyAmount[];
  readonly unconfirmed: UnconfirmedRule;
  /** Whose events it takes obligations of. */
  readonly sources: readonly Source[];
}

/** 轧差中心: nets what its participants owe one another, cycle by cycle. */
export interface Centre extends CentreTerms {
  readonly tenant: string;
  /** `ctr_…`, the caller's. */
  readonly id: string;
  /** Who holds the accounts of the centre. */
  readonly legalEntity: string;
  readonly homeCurrency: CurrencyCode;
  /** Which content each part of its lists has: participants by shard, and the pairs (`PAIRS`). */
  readonly blocks: Readonly<Record<string, string>>;
  readonly participantCount: number;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Terms that hold between two participants. */
export interface PairTerms {
  readonly bilateralLimits: readonly BilateralLimit[];
  readonly excludedPairs: readonly Pair[];
}
