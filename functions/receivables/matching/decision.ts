import type { RuleCode } from './match-rules.ts';

/** Why a receipt, or a part of it, is work for somebody. */
export const exceptionReasons = [
  'UNKNOWN_PAYER',
  'AMBIGUOUS',
  'SHORT_PAID',
  'OVERPAID',
  'DUPLICATE',
  'CURRENCY',
  'DISPUTED',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

/** What of a receipt goes to an invoice. Minor units; cash + discount + charge is what the invoice is cleared by. */
export interface Allocation {
  readonly invoiceId: string;
  readonly cash: bigint;
  /** Given for paying early. */
  readonly discount: bigint;
  /** Kept by a bank on the way, within tolerance. */
  readonly charge: bigint;
}

/** A thing that speaks for an explanation, in words that a bookkeeper can check. */
export interface Evidence {
  /** What was looked at: 'VIRTUAL_ACCOUNT', 'REFERENCE', 'ACCOUNT', 'NAME', 'AMOUNT', 'SET', 'DATE', 'TERMS'. */
  readonly kind: 'VIRTUAL_ACCOUNT' | 'REFERENCE' | 'ACCOUNT' | 'NAME' | 'AMOUNT' | 'SET' | 'DATE' | 'TERMS';
  /** As found in the receipt. */
  readonly found: string;
  /** What it is equal to, or near to, on our side. */
  readonly meant: string;
}

/** One way to explain a receipt. */
export interface Explanation {
  /** Of an explanation by a reference the last rule that it needed: PART_PAYMENT, TOLERANCE and so on. */
  readonly rule: RuleCode;
  /** How sure it is, in thousandths; all scores stand in scores.ts. */
  readonly score: number;
  readonly customerId: string;
  /** By due day, then number, all of the one customer. None where only a suggestion says that it is the customer's money. */
  readonly allocations: readonly Allocation[];
  /** What is left of the receipt for the customer. Minor units. */
  readonly onAccount: bigint;
  readonly evidence: readonly Evidence[];
}

/** What matching says of a receipt. */
export interface Decision {
  readonly receiptId: string;
  /** MATCHED: the only explanation, and sure enough. SUGGESTED: somebody is to choose. UNMATCHED: there is none. */
  readonly outcome: 'MATCHED' | 'SUGGESTED' | 'UNMATCHED';
  /** Of MATCHED. */
  readonly explanation?: Explanation;
  /**
   * Of SUGGESTED, the best first. Of MATCHED what weaker rules would have booked in its place by payer and amount, three at
   * most. Nearly always none: these find the same, more than one or nothing, and are not asked beside one invoice of exactly
   * the amount, which comes before a set and before terms.
   */
  readonly alternatives: readonly Explanation[];
  /** Who paid, where that is known though not what for. */
  readonly customerId?: string;
  /**
   * Why it is work: of all that are not matched; and of matched ones OVERPAID, or SHORT_PAID where the invoice is still open
   * after all receipts of the run.
   */
  readonly exception?: ExceptionReason;
}
