import type { Invoice } from '../../../functions/receivables/invoices/invoice.ts';
import { useOf } from '../../../functions/receivables/matches/use.ts';
import type { Explanation } from '../../../functions/receivables/matching/decision.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { newReceipt, receiptIdOfNumber } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { anInvoice, at, cause, entity } from './samples.ts';

export const step = { at, date: '2026-03-02', cause };

/** 1,000.00 yuan that nobody has looked at. */
export function aReceipt(more: Partial<Receipt> = {}): Receipt {
  const { tenant = 'demo', number = 'SK-1' } = more;
  const draft = {
    number,
    legalEntity: entity,
    currency: 'CNY',
    amount: 100_000n,
    paidOn: '2026-03-02',
    payer: { name: '江南机械厂有限公司' },
    texts: [],
    references: {},
  };
  const source = { kind: 'BY_HAND', id: number, at } as const;
  return { ...newReceipt(tenant, receiptIdOfNumber(tenant, number), draft, source, step), ...more };
}

export function byId(...invoices: readonly Invoice[]): ReadonlyMap<string, Invoice> {
  return new Map(invoices.map((invoice) => [invoice.id, invoice]));
}

/** What of a receipt goes to invoices, in minor units of cash, discount and charge; and the rest on account. */
export function paying(parts: readonly (readonly [Invoice, bigint, bigint?, bigint?])[], onAccount = 0n) {
  const explanation: Explanation = {
    rule: 'REFERENCE',
    score: 990,
    customerId: parts[0]?.[0].customerId ?? anInvoice().customerId,
    allocations: parts.map(([{ id: invoiceId }, cash, discount = 0n, charge = 0n]) => ({
      invoiceId,
      ...{ cash, discount, charge },
    })),
    onAccount,
    evidence: [{ kind: 'REFERENCE', found: 'FP-2026-0001', meant: 'FP-2026-0001' }],
  };
  return useOf(explanation);
}

/** The code of the problem that something is refused with. */
export function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'not refused';
}
