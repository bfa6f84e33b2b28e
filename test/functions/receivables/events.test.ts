import { describe, expect, it } from 'vitest';
import { bookToPlain, rulesToPlain } from '../../../functions/receivables/books/book-items.ts';
import { customerToPlain } from '../../../functions/receivables/customers/customer-items.ts';
import type { StoredVirtualAccount } from '../../../functions/receivables/customers/virtual-account.ts';
import { virtualAccountToPlain } from '../../../functions/receivables/customers/virtual-account-items.ts';
import { toEvents } from '../../../functions/receivables/events.ts';
import type { Invoice, InvoiceReduction } from '../../../functions/receivables/invoices/invoice.ts';
import {
  invoiceFromPlain,
  invoiceToPlain,
  reductionFromPlain,
  reductionToPlain,
} from '../../../functions/receivables/invoices/invoice-items.ts';
import { defaultMatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import { service } from '../../../functions/receivables/service.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { aBook, aCustomer, anInvoice, at, cause, entity } from './samples.ts';

/** As the stream has it. */
const stored = (plain: Plain) => fromItem(toItem(plain));
const insert = (plain: Plain) => toEvents({ kind: 'INSERT', item: stored(plain) });
const modify = (before: Plain, after: Plain) =>
  toEvents({ kind: 'MODIFY', item: stored(after), previous: stored(before) });

const invoice = anInvoice({ discount: { basisPoints: 200, withinDays: 10 }, description: '三月货款' });
const becoming = (before: Partial<Invoice>, after: Partial<Invoice>) =>
  modify(invoiceToPlain({ ...invoice, ...before }), invoiceToPlain({ ...invoice, ...after, revision: 2 })).map(
    ({ type }) => type,
  );
const reduction: InvoiceReduction = {
  ...{ tenant: 'demo', id: 'cn_1', kind: 'CREDIT_NOTE', invoiceId: invoice.id, customerId: invoice.customerId },
  ...{ legalEntity: entity, currency: 'CNY', amount: 30_000n, number: 'HZ-1', reason: '退货', date: '2026-03-05' },
  ...{ at, cause },
};
const account: StoredVirtualAccount = {
  ...{ tenant: 'demo', id: 'va_1', accountKey: 'V', number: '9558', legalEntity: entity, customerId: 'cus_1' },
  ...{ state: 'ACTIVE', createdAt: at, changedAt: at, revision: 1, cause },
};

describe('the items of receivables', () => {
  it('come back as they were', () => {
    expect(invoiceFromPlain(stored(invoiceToPlain(invoice)))).toEqual(invoice);
    expect(reductionFromPlain(stored(reductionToPlain(reduction)))).toEqual(reduction);
  });

  it('of invoices lie among the open ones while something is', () => {
    expect(invoiceToPlain({ ...invoice, cleared: 99_999n })).toHaveProperty('openOf');
    expect(invoiceToPlain({ ...invoice, cleared: 100_000n })).not.toHaveProperty('openOf');
  });
});

describe('the events of receivables', () => {
  it('tell of a new invoice what it says', () => {
    const [event] = insert(invoiceToPlain(invoice));
    expect(event).toMatchObject({
      type: 'receivables.invoice-issued.v1',
      tenant: 'demo',
      subject: invoice.id,
      actor: cause,
      occurredAt: at,
      data: {
        number: 'FP-2026-0001',
        amount: { amount: '1000.00', currency: 'CNY' },
        open: { amount: '1000.00', currency: 'CNY' },
        discount: { basisPoints: 200, withinDays: 10, until: '2026-03-12' },
        state: 'OPEN',
      },
    });
    expect(insert(invoiceToPlain(invoice))).toEqual([event]);
  });

  it.each<[string, Partial<Invoice>, Partial<Invoice>, string[]]>([
    ['disputed', {}, { dispute: { reason: 'x', since: at } }, ['disputed']],
    [
      'in dispute for another reason',
      { dispute: { reason: 'x', since: at } },
      { dispute: { reason: 'y', since: at } },
      ['disputed'],
    ],
    ['no longer in dispute', { dispute: { reason: 'x', since: at } }, {}, ['dispute-resolved']],
    ['paid in part', {}, { cleared: 1n }, ['open-changed']],
    ['paid less than before', { cleared: 2n }, { cleared: 1n }, ['open-changed']],
    ['paid', { cleared: 1n }, { cleared: 100_000n }, ['paid']],
    ['paid for its rest after a credit note', { credited: 5n }, { credited: 5n, cleared: 99_995n }, ['paid']],
    ['credited wholly', {}, { credited: 100_000n }, ['open-changed']],
    ['written off', {}, { writtenOff: 100_000n }, ['open-changed']],
    ['open again', { cleared: 100_000n }, { cleared: 0n }, ['reopened']],
  ])('tell that an invoice is %s', (_, before, after, names) => {
    expect(becoming(before, after)).toEqual(names.map((name) => `receivables.invoice-${name}.v1`));
  });

  it('tell of credit notes and write-offs', () => {
    expect(insert(reductionToPlain(reduction))).toMatchObject([
      {
        type: 'receivables.invoice-credited.v1',
        subject: invoice.id,
        data: { invoiceId: invoice.id, number: 'HZ-1', amount: { amount: '300.00', currency: 'CNY' } },
      },
    ]);
    const { number: _, ...writeOff } = { ...reduction, kind: 'WRITE_OFF' as const, id: 'wo_1' };
    expect(insert(reductionToPlain(writeOff))).toMatchObject([{ type: 'receivables.invoice-written-off.v1' }]);
  });

  it('tell of books, rules, customers and virtual accounts', () => {
    const customer = aCustomer({ accountKeys: ['key of 5123'], accountsMasked: ['****5123'] });
    const rules = { tenant: 'demo', rules: defaultMatchRules, revision: 1, changedAt: at, cause };
    const told = [
      ...insert(bookToPlain(aBook())),
      ...insert(rulesToPlain(rules)),
      ...insert(customerToPlain(customer)),
      ...modify(customerToPlain(customer), customerToPlain({ ...customer, revision: 2 })),
      ...insert(virtualAccountToPlain(account)),
      ...modify(virtualAccountToPlain(account), virtualAccountToPlain({ ...account, state: 'CLOSED', revision: 2 })),
    ];
    expect(told.map(({ type }) => type)).toEqual([
      'receivables.book-changed.v1',
      'receivables.match-rules-changed.v1',
      'receivables.customer-created.v1',
      'receivables.customer-changed.v1',
      'receivables.virtual-account-created.v1',
      'receivables.virtual-account-closed.v1',
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(6);
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type } of told) expect(published).toContain(type);
    expect(JSON.stringify(told)).not.toContain('key of');
  });

  it('tell nothing of what leads to others, and of nothing that is removed', () => {
    expect(insert({ pk: 'demo#RT#FP1', sk: 'inv_1', kind: 'REFERENCE_TOKEN' })).toEqual([]);
    expect(toEvents({ kind: 'REMOVE', previous: stored(invoiceToPlain(invoice)) })).toEqual([]);
  });
});
