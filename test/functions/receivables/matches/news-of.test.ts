import { describe, expect, it } from 'vitest';
import { customerToPlain } from '../../../../functions/receivables/customers/customer-items.ts';
import type { Invoice } from '../../../../functions/receivables/invoices/invoice.ts';
import { invoiceToPlain } from '../../../../functions/receivables/invoices/invoice-items.ts';
import { newsOf } from '../../../../functions/receivables/matches/news-of.ts';
import { aCustomer, anInvoice } from '../samples.ts';

const invoice = anInvoice();
const changed = (more: Partial<Invoice>, before: Partial<Invoice> = {}) =>
  newsOf([{ kind: 'MODIFY', item: invoiceToPlain(anInvoice(more)), previous: invoiceToPlain(anInvoice(before)) }]).get(
    'demo',
  );

describe('what may explain open receipts', () => {
  it('is a new invoice, and what is open of one that became smaller or is no longer in dispute', () => {
    expect(newsOf([{ kind: 'INSERT', item: invoiceToPlain(invoice) }]).get('demo')?.invoices).toEqual([invoice]);
    expect(changed({ credited: 40_000n })?.invoices.length).toBe(1);
    expect(changed({ writtenOff: 40_000n })?.invoices.length).toBe(1);
    expect(changed({}, { dispute: { reason: '少两箱', since: invoice.createdAt } })?.invoices.length).toBe(1);
    expect(changed({ cleared: 0n }, { cleared: 40_000n })?.reopened.length).toBe(1);
  });

  it('is no payment, no new dispute, and nothing of what is closed', () => {
    expect(changed({ cleared: 40_000n })).toBeUndefined();
    expect(changed({ dispute: { reason: '少两箱', since: invoice.createdAt } })).toBeUndefined();
    expect(changed({ credited: 100_000n })).toBeUndefined();
  });

  it('is another name or account of a customer, but no other reference of it', () => {
    const of = (more: Parameters<typeof aCustomer>[0]) =>
      newsOf([{ kind: 'MODIFY', item: customerToPlain(aCustomer(more)), previous: customerToPlain(aCustomer()) }]);
    expect(of({ names: ['江南机械厂有限公司', '江南机械'] }).get('demo')?.customers.length).toBe(1);
    expect(of({ accountKeys: ['key'] }).get('demo')?.customers.length).toBe(1);
    expect(of({ threshold: 800 }).get('demo')?.customers.length).toBe(1);
    expect(of({ references: { contract: 'HT-1' } }).size).toBe(0);
  });
});
