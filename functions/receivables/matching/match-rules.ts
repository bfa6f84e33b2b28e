import type { Tolerance } from './open-item.ts';

/** The ways to explain a receipt, the surest first; a receipt is explained by the first that finds anything. */
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
  /** Rules that are left out, of these codes. */
  readonly off: readonly RuleCode[];
  /** An explanation is booked by itself from this score on, in thousandths; below it is a suggestion. */
  readonly threshold: number;
  readonly tolerance: Tolerance;
  /** A set is looked for among so many of a payer's open invoices, the oldest due first. */
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
