import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';

/**
 * TO_CENTRE and FROM_CENTRE: a net position through the centre; of direct payments, what one would have to pay the other of an excluded
 * pair. DIRECT: from one that pays to one that receives. BILATERAL: the difference of a pair. GROSS: what one of an excluded pair owes the
 * other, nothing set against it.
 */
export const legKinds = ['TO_CENTRE', 'FROM_CENTRE', 'DIRECT', 'BILATERAL', 'GROSS'] as const;
export type LegKind = (typeof legKinds)[number];

/** One payment of a settlement: an amount above zero, minor units. */
export interface Leg {
  readonly kind: LegKind;
  readonly payer: Party;
  readonly payee: Party;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/** Legs that one transfer of the ledger holds, at most; decisions do not ask the ledger. */
export const transferLegsMax = 40;
