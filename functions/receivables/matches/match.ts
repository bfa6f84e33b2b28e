import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Allocation, Evidence, ExceptionReason, Explanation } from '../matching/decision.ts';
import type { RuleCode } from '../matching/match-rules.ts';

/** Matches of one customer that are looked through for what paid an invoice, the latest first. */
export const matchesLookedAtMax = 200;

/** What of a receipt was used for what, and why. Minor units. */
export interface Match {
  readonly tenant: string;
  /** Derived from the receipt and how many matches it had before: of two that decide at once one is written. */
  readonly id: string;
  readonly receiptId: string;
  readonly customerId: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly rule: RuleCode | 'NETTING' | 'BY_HAND';
  /** In thousandths; by hand 1000. */
  readonly score: number;
  readonly allocations: readonly Allocation[];
  /** What it put on account, and what it took from there; the rest of its cash was unapplied before. */
  readonly onAccount: bigint;
  readonly fromOnAccount: bigint;
  readonly evidence: readonly Evidence[];
  readonly alternatives: readonly Explanation[];
  readonly runId?: string;
  /** How it found the receipt: undoing it leads back there. */
  readonly found: { readonly customerId?: string; readonly reason?: ExceptionReason };
  readonly date: PlainDate;
  readonly madeAt: string;
  readonly cause: Cause;
  readonly undone?: { readonly at: string; readonly reason: string; readonly cause: Cause };
  readonly revision: number;
}

/** The cash of a match that pays invoices. */
export function cashOf({ allocations }: Pick<Match, 'allocations'>): bigint {
  return sum(allocations.map(({ cash }) => cash));
}

/** What a match clears an invoice by: cash, and what was given away with it. */
export function clearedBy({ cash, discount, charge }: Allocation): bigint {
  return cash + discount + charge;
}

/** The id of a receipt's match by its place among them, from 1. */
export function matchIdOf(tenant: string, receiptId: string, place: number): string {
  return deriveId('mat', tenant, receiptId, String(place));
}
