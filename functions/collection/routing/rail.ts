import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

/**
 * BOOK: a transfer within one bank. HVPS 大额支付系统, BEPS 小额支付系统, IBPS 超级网银: the systems of the People's Bank.
 * UNIONPAY 银联 and NETSUNION 网联: the clearing houses of cards and of payment institutions. FILE: a file of orders
 * handed to a bank by a cut-off, as in SEPA.
 */
export const railKinds = ['BOOK', 'HVPS', 'BEPS', 'IBPS', 'UNIONPAY', 'NETSUNION', 'FILE'] as const;
export type RailKind = (typeof railKinds)[number];

/** COLLECT debits the payer's account on a mandate; PAY credits the payee's. */
export const directions = ['COLLECT', 'PAY'] as const;
export type Direction = (typeof directions)[number];

/** One is a million: 1_000_000 is always. */
export const MILLIONTHS_ONE = 1_000_000;

/** One dated version of a rail. A rail has several where its terms change; see versionInForce. */
export interface Rail {
  /** The same in all versions of the rail. */
  readonly id: string;
  readonly kind: RailKind;
  readonly currency: CurrencyCode;
  readonly directions: readonly Direction[];
  /** First and last day of decisions that go by this version; without a last one it stands until replaced. */
  readonly effectiveFrom: PlainDate;
  readonly expiresOn?: PlainDate;
  /** Minor units for one item, both inclusive; without them there is no bound. */
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  /** Zone of all its times and dates. */
  readonly zone: string;
  readonly hours: Hours;
  readonly tariff: Tariff;
  /** How many in a million items arrive. */
  readonly successMillionths: number;
  /** Minutes from execution to settlement, as they usually are. */
  readonly usualMinutes: number;
  readonly banks: BankRequirement;
}

/**
 * When a rail takes items; times are 'HH:MM' on its clock.
 * ALWAYS: at any time; the business date is the natural day.
 * SESSION: one window for each working day, from `opens` on that day or on the natural day before it, to `closes` on it.
 * CUT_OFFS: items wait for the file that leaves at the next cut-off on a working day; the business date lies `leadDays`
 * working days behind it, and settles at `settlesAt`.
 */
export type Hours = { readonly type: 'ALWAYS' } | Session | CutOffs;

export interface Session {
  readonly type: 'SESSION';
  readonly calendar: string;
  readonly opensOn: 'DAY_BEFORE' | 'SAME_DAY';
  readonly opens: string;
  /** The cut-off. It is still in time itself, as everywhere. */
  readonly closes: string;
}

export interface CutOffs {
  readonly type: 'CUT_OFFS';
  readonly calendar: string;
  /** Ascending, each still in time itself. */
  readonly cutOffs: readonly string[];
  readonly leadDays: number;
  readonly settlesAt: string;
}

/** The fee of one item, in minor units of the rail's currency. Amounts above the last band pay a rate. */
export interface Tariff {
  /** Ascending by `upTo`, which is inclusive. */
  readonly bands: readonly { readonly upTo: bigint; readonly fee: bigint }[];
  readonly above: Rate;
  /** An urgent item pays so much more; fee and surcharge together are cut at the cap. */
  readonly urgent?: { readonly percent: number; readonly cap?: bigint };
}

export interface Rate {
  /** Millionths of the amount, half up to the minor unit: 0.002 % is 20. */
  readonly millionths: number;
  readonly floor?: bigint;
  readonly cap?: bigint;
}

/**
 * Which banks the two accounts may lie at. CNAPS_TYPE: the same bank by the first three digits of the CNAPS code; types
 * that many banks share (rural credit unions) prove nothing, so among those only the very same code does. BIC8: the same
 * first eight characters of the BIC. ANY: all banks, only those listed, or all but those; a list names bank types of
 * three digits and BICs of eight characters.
 */
export type BankRequirement =
  | { readonly same: 'CNAPS_TYPE'; readonly sharedTypes: readonly string[] }
  | { readonly same: 'BIC8' }
  | { readonly same: 'ANY'; readonly only?: readonly string[]; readonly except?: readonly string[] };

/** A time during which a rail is down, up to and without `to`; open-ended where that is not known. */
export interface Outage {
  readonly railId: string;
  readonly from: Date;
  readonly to?: Date;
}

/** The version of decisions on that day: effective already, not expired. */
export function isInForce({ effectiveFrom, expiresOn }: Rail, day: PlainDate): boolean {
  return effectiveFrom <= day && (expiresOn === undefined || day <= expiresOn);
}
