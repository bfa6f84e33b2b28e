import { describe, expect, it } from 'vitest';
import type { Invoice } from '../../../../functions/receivables/invoices/invoice.ts';
import { planInvoices } from '../../../../functions/receivables/invoices/plan-invoices.ts';
import { readJsonLines } from '../../../../functions/receivables/invoices/read-line.ts';
import { customerIdOf } from '../../../../functions/receivables/keys.ts';
import { anInvoice, entity, on } from '../samples.ts';

const line = (more: object = {}) => ({
  legalEntity: entity,
  number: 'FP-2026-0001',
  customerNumber: 'K-1',
  amount: { amount: '1000.00', currency: 'CNY' },
  issuedOn: '2026-03-02',
  dueOn: '2026-04-01',
  ...more,
});

function plan(lines: readonly unknown[], known: readonly Invoice[] = []) {
  const world = {
    tenant: 'demo',
    hasCustomer: (id: string) => id === customerIdOf('demo', 'K-1'),
    hasBook: (legalEntity: string, currency: string) => legalEntity === entity && currency === 'CNY',
    invoiceOf: (id: string) => known.find((invoice) => invoice.id === id),
  };
  const { accepted, faults } = planInvoices(readJsonLines(lines), world, on);
  return { accepted, faults: faults.map(({ line, code, field }) => [line, code, field]) };
}

describe('lines of invoices', () => {
  it('become invoices', () => {
    const { accepted, faults } = plan([line(), line({ number: 'FP-2026-0002', terms: '2/10 net 30' })]);
    expect(faults).toEqual([]);
    expect(accepted).toEqual([
      { line: 1, invoice: anInvoice(), known: false },
      {
        line: 2,
        invoice: anInvoice({ number: 'FP-2026-0002', discount: { basisPoints: 200, withinDays: 10 } }),
        known: false,
      },
    ]);
  });

  it('with a fault are told by line and field and harm no others', () => {
    const { accepted, faults } = plan([
      line({ number: 'A1' }),
      line({ number: 'A2', dueOn: '2026-03-01' }),
      line({ number: 'A3', customerNumber: 'K-2' }),
      line({ number: 'A4', amount: { amount: '1.005', currency: 'CNY' } }),
      line({ number: 'A5', amount: { amount: '10.00', currency: 'EUR' } }),
      line({ number: 'A6', customerId: customerIdOf('demo', 'K-1') }),
      line({ number: 'A7', colour: 'red' }),
      'A8',
      line({ number: 'A9' }),
    ]);
    expect(accepted.map(({ invoice }) => invoice.number)).toEqual(['A1', 'A9']);
    expect(faults).toEqual([
      [2, 'MALFORMED', 'dueOn'],
      [3, 'CUSTOMER_NOT_FOUND', 'customerNumber'],
      [4, 'MALFORMED', 'amount.amount'],
      [5, 'BOOK_NOT_FOUND', 'legalEntity'],
      [6, 'MALFORMED', 'customerNumber'],
      [7, 'MALFORMED', 'colour'],
      [8, 'MALFORMED', ''],
    ]);
  });

  it('tell all that is wrong with them at once', () => {
    const { faults } = plan([line({ number: '', customerNumber: undefined, issuedOn: '2026-02-30', amount: 5 })]);
    expect(faults.map(([, , field]) => field).sort()).toEqual(['amount', 'customerNumber', 'issuedOn', 'number']);
    expect(plan([line({ customerNumber: 'K-2', legalEntity: 'Nobody' })]).faults).toEqual([
      [1, 'CUSTOMER_NOT_FOUND', 'customerNumber'],
      [1, 'BOOK_NOT_FOUND', 'legalEntity'],
    ]);
  });

  it('with a number of an earlier line are refused, of whatever width it is written in', () => {
    const { accepted, faults } = plan([line(), line(), line({ number: 'ＦＰ-2026-0001' })]);
    expect(accepted.map(({ line: at }) => at)).toEqual([1]);
    expect(faults).toEqual([
      [2, 'NUMBER_TWICE', 'number'],
      [3, 'NUMBER_TWICE', 'number'],
    ]);
  });

  it('of another legal entity may have the same number', () => {
    expect(plan([line(), line({ legalEntity: '禹道制造有限公司' })]).faults).toEqual([
      [2, 'BOOK_NOT_FOUND', 'legalEntity'],
    ]);
  });

  it('that say what an invoice says are that invoice, though it is paid; others with its number are refused', () => {
    const paid = anInvoice({ cleared: 100_000n, revision: 7 });
    expect(plan([line()], [paid]).accepted).toEqual([{ line: 1, invoice: paid, known: true }]);
    for (const other of [
      { amount: { amount: '1000.01', currency: 'CNY' } },
      { dueOn: '2026-04-02' },
      { terms: '2/10 net 30' },
      { references: { contract: 'HT-1' } },
      { description: '三月货款' },
    ]) {
      expect(plan([line(other)], [paid]).faults).toEqual([[1, 'NUMBER_TAKEN', 'number']]);
    }
  });
});
