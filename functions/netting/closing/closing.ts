import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Ratio } from '../../../shared/money/convert.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { Fewest } from '../payments/fewest-payments.ts';
import type { Section } from '../report/rows.ts';
import type { Savings } from '../savings/savings.ts';

/** NETTING: its lines are read and it is worked out. MOVING: its figures stand, and what is not netted goes to the next cycle. */
export const closingStates = ['NETTING', 'MOVING'] as const;

/** The way of a cycle from the end of its confirmation until it is CLOSED; of the cycle's item, so it is kept small. */
export interface Closing {
  readonly state: (typeof closingStates)[number];
  readonly askedAt: string;
  /** References that are to go to the next cycle, whatever else they are. */
  readonly leaveOut: readonly string[];
  /** Participants of whom all is to go to the next cycle: it was taken back for them. */
  readonly leaveOutParticipants?: readonly string[];
  /** How often it was handed on: who carries it on is told of it. */
  readonly turn: number;
  /** How often its figures were begun: each time their rows have places of their own. */
  readonly attempt: number;
  /** Blocks of MOVED and of CARRIED that are in later cycles by now. */
  readonly blocksMoved: number;
  readonly blocksCarried: number;
  /** When it is handed on by itself, where nothing was heard of it; what a person has to see to is not. */
  readonly askAgainAt?: string;
  /** While there is one, nobody carries it on. */
  readonly hindrance?: Hindrance;
  /** Attempts that failed or broke off since it last got on, why the last of them did, and when it is tried again after it. */
  readonly failures?: number;
  readonly failure?: string;
  readonly retryAt?: string;
  /** What it lacked when it was worked out last, by which version of its centre: that is asked for first. */
  readonly lacking?: LackingRates;
}

/** Why a cycle does not close. */
export type Hindrance =
  | { readonly why: 'FX_RATE_MISSING'; readonly missing: readonly MissingRate[] }
  /** The first of them; all are rows of the report. */
  | { readonly why: 'LIMITS_BREACHED'; readonly count: number; readonly breaches: readonly LimitBreach[] }
  /** More than one function can net in the time and memory that it has. */
  | { readonly why: 'TOO_MANY_LINES'; readonly lines: number; readonly linesMax: number }
  /** There is no next cycle that takes what is not netted. */
  | { readonly why: 'CALENDAR_NOT_PUBLISHED'; readonly detail: string };

export interface MissingRate {
  readonly base: CurrencyCode;
  readonly quote: CurrencyCode;
  readonly rateSet: string;
  readonly date: PlainDate;
  /** Of which day the last one is, and how many days before `date` that was, where there is one that is too old. */
  readonly lastDate?: PlainDate;
  readonly daysOld?: number;
}

export interface LackingRates {
  readonly centreVersion: number;
  readonly missing: readonly MissingRate[];
}

/** Rate of a currency to the home currency, and of which day it is. */
export interface LockedRate extends Ratio {
  readonly currency: CurrencyCode;
  readonly date: PlainDate;
}

/** What stands at the head of the figures of a cycle; the rows stand in blocks of their own. */
export interface CycleFigures {
  /** The version of the centre that it was netted by. */
  readonly centreVersion: number;
  /** Obligations that are netted, positions carried in, and obligations that go to the next cycle. */
  readonly obligations: number;
  readonly carriedIn: number;
  readonly moved: number;
  /** Parties with a position or an obligation of an excluded pair. */
  readonly parties: number;
  /** Where all is converted to one currency. */
  readonly home?: CurrencyCode;
  readonly rates: readonly LockedRate[];
  /** What the rounding account receives, in the home currency. */
  readonly residue: bigint;
  readonly savings: Savings;
  /** Of direct payments, by currency. */
  readonly fewest: readonly { readonly currency: CurrencyCode; readonly fewest: Fewest }[];
}

/** Figures of a cycle that was taken back: what they moved and carried to later cycles is there for good. */
export interface EarlierResult {
  readonly attempt: number;
  /** Blocks of MOVED and of CARRIED. */
  readonly moved: number;
  readonly carried: number;
  /** Participants without whom it was closed anew. */
  readonly leaveOut: readonly string[];
}

export interface CycleResult {
  readonly attempt: number;
  /** SHA-256 (hex) of figures and rows: the same bytes have the same. */
  readonly digest: string;
  readonly figures: CycleFigures;
  readonly rows: Readonly<Record<Section, number>>;
  readonly blocks: Readonly<Record<Section, number>>;
}
