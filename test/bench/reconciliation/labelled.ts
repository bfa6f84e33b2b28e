import type { OpenInvoice, OpenItems, OpenReceipt } from '../../../functions/receivables/matching/open-item.ts';

/** What kind of payment a receipt is, as the one who made it up knows. */
export const caseKinds = [
  'STRUCTURED_REFERENCE',
  'TEXT_REFERENCE',
  'TEXT_RESPELT',
  'TEXT_IN_LINES',
  'TEXT_CUT_AT_END',
  'THIRD_PARTY_NAMES_IT',
  'ORDER_NAMED',
  'NUMBER_MISTYPED',
  'ACCOUNT_AND_AMOUNT',
  'NAME_AND_AMOUNT',
  'NAME_MISSPELT',
  'VIRTUAL_ACCOUNT',
  'EQUAL_AMOUNTS',
  'SEVERAL_NAMED',
  'SEVERAL_SHORTENED',
  'SEVERAL_SHORT_PAID',
  'SEVERAL_UNNAMED',
  'PART_NAMED',
  'PART_UNNAMED',
  'INSTALMENTS',
  'BANK_CHARGE',
  'DISCOUNT_IN_TIME',
  'DISCOUNT_LATE',
  'DUPLICATE',
  'OVERPAID',
  'ON_ACCOUNT',
  'DISPUTED',
  'WRONG_CURRENCY',
  'WRONG_ENTITY',
  'LOOK_ALIKE',
  'INTERNAL_TRANSFER',
  'UNKNOWN_PAYER',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * DECIDABLE: by the published rules the receipt says enough, and is to be booked. UNDECIDABLE: it does not, and is never
 * booked. EITHER: the rules are silent, or it depends on what else is booked first; booked, it has to be right.
 */
export type Verdict = 'DECIDABLE' | 'EITHER' | 'UNDECIDABLE';

/** What of an invoice a receipt really pays. Minor units; cash + discount + charge is what the invoice is cleared by. */
export interface TrueAllocation {
  readonly invoiceId: string;
  readonly cash: bigint;
  readonly discount: bigint;
  readonly charge: bigint;
}

/** What a receipt says, known from how it was written and not from reading it. */
export interface Told {
  /** KNOWN: by account, virtual account or full name. LIKELY: by a spelling that the rules are silent about. */
  readonly payer: { readonly known: 'KNOWN' | 'LIKELY' | 'UNKNOWN'; readonly customerId?: string };
  /** The invoices whose numbers stand in it whole. */
  readonly named: readonly OpenInvoice[];
  /** A number stands in it cut or shortened, or mistyped so that it is another customer's. */
  readonly hint?: 'CUT' | 'WRONG';
  /** The contract or order that it names, or that its virtual account stands for. */
  readonly contract?: string;
  /** The same order was sent twice: this is the first, or the second that came later. */
  readonly twice?: 'FIRST' | 'SECOND';
}

/** A receipt with the truth about it. */
export interface Draft {
  readonly kind: CaseKind;
  readonly receipt: OpenReceipt;
  readonly told: Told;
  readonly truth: readonly TrueAllocation[];
  /** The invoices that a bookkeeper would want to see suggested: those paid, or meant though they cannot be booked. */
  readonly meant: readonly string[];
}

export interface Label extends Omit<Draft, 'receipt'> {
  readonly verdict: Verdict;
}

/** Open items with the truth about each receipt, by its id. */
export interface LabelledItems {
  readonly items: OpenItems;
  readonly labels: ReadonlyMap<string, Label>;
  /** Receipts left out because something untrue explains them better than the truth; no rule can tell. */
  readonly leftOut: number;
}

/** Paid in cash to the last cent. */
export function inFull(invoice: OpenInvoice): TrueAllocation {
  return { invoiceId: invoice.id, cash: invoice.open, discount: 0n, charge: 0n };
}

export function clearedBy({ cash, discount, charge }: TrueAllocation): bigint {
  return cash + discount + charge;
}
