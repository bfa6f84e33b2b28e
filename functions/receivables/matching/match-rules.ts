import type { Tolerance } from './open-item.ts';

/**
 * The ways to explain a receipt, the surest first; a receipt is explained by the first that finds anything. A virtual account
 * that says only who pays lets the amount count as a known account does, after the references. PART_PAYMENT is of a named
 * invoice: an amount alone is no part of any.
 */
export const ruleCodes = [
  'VIRTUAL_ACCOUNT',
  'REFERENCE',
  'KNOWN_ACCOUNT_AND_AMOUNT',
  'NAME_AND_AMOUNT',
  'SET_OF_INVOICES',
  'PART_PAYMENT',
  'TOLERANCE',
  'EARLY_PAYMENT_DISCOUNT',
] as const;
export type RuleCode = (typeof ruleCodes)[number];

/** A set of rules of a tenant. */
export interface MatchRules {
  /**
   * Rules that are left out, of these codes. Without KNOWN_ACCOUNT_AND_AMOUNT or NAME_AND_AMOUNT a payer known by that only
   * lets no amount count; without VIRTUAL_ACCOUNT nobody is known by one.
   */
  readonly off: readonly RuleCode[];
  /** An explanation is booked by itself from this score on, in thousandths; below it is a suggestion. */
  readonly threshold: number;
  readonly tolerance: Tolerance;
  /** A set is looked for among so many of a payer's open invoices that are not above the amount, the oldest due first; 24 at most. */
  readonly setCandidatesMax: number;
  /** And holds so many at most. */
  readonly setSizeMax: number;
}

export const defaultMatchRules: MatchRules = {
  off: [],
  threshold: 900,
  tolerance: { chargeMax: { CNY: 50_00n, USD: 50_00n, EUR: 50_00n, HKD: 300_00n }, basisPointsMax: 100 },
  setCandidatesMax: 12,
  setSizeMax: 5,
};
