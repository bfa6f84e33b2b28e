import type { ReceivablesBook } from '../../../functions/receivables/books/book.ts';
import type { Customer } from '../../../functions/receivables/customers/customer.ts';
import type { Invoice } from '../../../functions/receivables/invoices/invoice.ts';
import { customerIdOf, invoiceIdOf } from '../../../functions/receivables/keys.ts';

export const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
export const at = '2026-03-02T02:00:00.000Z';
export const on = { at, cause };

export const entity = '禹道贸易有限公司';
export const accounts: ReceivablesBook['accounts'] = {
  receivable: 'acc_1',
  revenue: 'acc_2',
  unapplied: 'acc_3',
  onAccount: 'acc_4',
  discount: 'acc_5',
  charge: 'acc_6',
  badDebt: 'acc_7',
  cash: 'acc_8',
};

export function aBook(more: Partial<ReceivablesBook> = {}): ReceivablesBook {
  return {
    tenant: 'demo',
    legalEntity: entity,
    currency: 'CNY',
    accounts,
    revision: 1,
    changedAt: at,
    cause,
    ...more,
  };
}

export function aCustomer(more: Partial<Customer> = {}): Customer {
  const { tenant = 'demo', number = 'K-1' } = more;
  return {
    tenant,
    id: customerIdOf(tenant, number),
    number,
    names: ['江南机械厂有限公司'],
    accountKeys: [],
    accountsMasked: [],
    references: {},
    createdAt: at,
    changedAt: at,
    revision: 1,
    cause,
    ...more,
  };
}

/** 1,000.00 yuan, issued on 2 March and due on 1 April. */
export function anInvoice(more: Partial<Invoice> = {}): Invoice {
  const { tenant = 'demo', legalEntity = entity, number = 'FP-2026-0001' } = more;
  return {
    tenant,
    id: invoiceIdOf(tenant, legalEntity, number),
    legalEntity,
    number,
    customerId: customerIdOf(tenant, 'K-1'),
    currency: 'CNY',
    amount: 100_000n,
    credited: 0n,
    cleared: 0n,
    writtenOff: 0n,
    issuedOn: '2026-03-02',
    dueOn: '2026-04-01',
    references: {},
    createdAt: at,
    changedAt: at,
    revision: 1,
    cause,
    ...more,
  };
}
