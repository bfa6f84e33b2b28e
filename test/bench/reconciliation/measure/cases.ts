import type { Allocation } from '../../../../functions/receivables/matching/decision.ts';
import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { formatAmount } from '../../../../shared/money/amount.ts';
import type { LabelledItems, TrueAllocation } from '../labelled.ts';
import type { Scored } from './score.ts';

/** A receipt to look at: what it says, what was booked, and what is true. */
export interface CaseRow {
  readonly receipt: string;
  readonly kind: string;
  readonly verdict: string;
  readonly rule: string;
  readonly amount: string;
  readonly payer: string;
  readonly says: string;
  readonly booked: string;
  readonly truth: string;
}

/** The first of them by number, so many at most. */
export function caseRows({ items }: LabelledItems, scored: readonly Scored[], most: number): CaseRow[] {
  const receipts = new Map(items.receipts.map((receipt) => [receipt.id, receipt]));
  const invoices = new Map(items.invoices.map((invoice) => [invoice.id, invoice]));
  const inOrder = scored.toSorted((one, other) => (one.decision.receiptId < other.decision.receiptId ? -1 : 1));
  return inOrder.slice(0, most).map(({ decision, label }) => {
    const receipt = receipts.get(decision.receiptId);
    if (!receipt) throw new Error(`There is no receipt ${decision.receiptId}.`);
    const { amount, currency, payer, references, texts, virtualAccountKey } = receipt;
    const account = [payer.accountKey, virtualAccountKey && `to ${virtualAccountKey}`].filter(Boolean).join(' ');
    const explanation = decision.explanation ?? decision.alternatives[0];
    return {
      receipt: receipt.id,
      kind: label.kind,
      verdict: label.verdict,
      rule: `${decision.outcome}${explanation ? ` ${explanation.rule} ${explanation.score}` : ''}`,
      amount: `${formatAmount(amount, currency)} ${currency} ${receipt.legalEntity}`,
      payer: `${payer.name ?? '–'} [${account}]`,
      says: [...texts, ...Object.entries(references).map(([kind, value]) => `${kind}=${value}`)].join(' | '),
      booked: shownAll(explanation?.allocations ?? [], invoices),
      truth: shownAll(label.truth, invoices) || label.meant.map((id) => invoices.get(id)?.number).join(' '),
    };
  });
}

function shownAll(
  allocations: readonly (Allocation | TrueAllocation)[],
  invoices: ReadonlyMap<string, OpenInvoice>,
): string {
  return allocations.map((one) => shown(one, invoices.get(one.invoiceId))).join('; ');
}

function shown({ cash, discount, charge }: Allocation | TrueAllocation, invoice: OpenInvoice | undefined): string {
  if (!invoice) return 'an invoice that is not there';
  const money = (minor: bigint) => formatAmount(minor, invoice.currency);
  const kept = [
    discount > 0n ? ` −${money(discount)} discount` : '',
    charge > 0n ? ` −${money(charge)} charge` : '',
    cash + discount + charge < invoice.open ? ` of ${money(invoice.open)}` : '',
  ];
  return `${invoice.number} ${money(cash)}${kept.join('')}`;
}
