import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';

/**
 * A limit is inclusive: exactly its amount is allowed. Where a cycle is converted, one in the home currency bounds what is
 * owed in all currencies together at the cycle's rates, and one in another currency what is owed in that one before
 * conversion.
 */

/** How much one participant may owe one other on balance. Minor units, zero or more. */
export interface BilateralLimit {
  readonly payer: Party;
  readonly payee: Party;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/**
 * How much a participant may owe all others together on balance. What it owes one that it does not net with counts in full, and what
 * that one owes it does not lessen it. Minor units, zero or more.
 */
export interface NetDebitLimit {
  readonly participant: Party;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/** A limit and what is owed against it: `excess` = owed − amount, above zero. */
export type LimitBreach =
  | { readonly kind: 'BILATERAL'; readonly limit: BilateralLimit; readonly owed: bigint; readonly excess: bigint }
  | { readonly kind: 'NET_DEBIT'; readonly limit: NetDebitLimit; readonly owed: bigint; readonly excess: bigint };
