import { describe, expect, test } from 'vitest';
import { byAccount, decide, invoice, minor, paid, receipt } from './items.ts';

const contract = { references: { contract: 'HT-2026-018' } };
const first = invoice({ number: 'INV-2026-0012', amount: '300.00', ...contract });
const second = invoice({ number: 'INV-2026-0013', amount: '500.00', ...contract });
const other = invoice({ number: 'INV-2026-0014', amount: '90.00' });
const virtualAccounts = [{ accountKey: 'va_2', customerId: 'cu_hx', reference: 'HT-2026-018' }];
const invoices = [first, second, other];
const nothing = new Set<string>();

describe('a customer of whom not all open invoices are seen', () => {
  const unseen = { customers: new Set(['cu_hx']), tokens: nothing };
  const paying = { payer: byAccount };

  test.each([
    ['all of a contract by its virtual account', { amount: '800.00', virtualAccountKey: 'va_2' }],
    ['one of a contract by its virtual account', { amount: '500.00', virtualAccountKey: 'va_2' }],
    ['all of a contract that the text names', { amount: '800.00', text: '合同 HT-2026-018', ...paying }],
    ['one invoice by the amount', { amount: '90.00', ...paying }],
    ['a set', { amount: '390.00', ...paying }],
    ['one less a charge', { amount: '89.50', ...paying }],
    ['one whose number the text breaks off in', { amount: '500.00', text: 'goods INV-2026-00', ...paying }],
    ['one without the letters of its number', { amount: '500.00', text: '发票号 2026-0013', ...paying }],
  ])('pays %s for sure only where all are seen', (_, given) => {
    const one = receipt(given);
    expect(decide(one, invoices, { virtualAccounts }).outcome).toBe('MATCHED');
    expect(decide(one, invoices, { virtualAccounts, unseen })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
      customerId: 'cu_hx',
    });
  });

  test('pays what is named by its number, also beside a contract', () => {
    const text = 'INV-2026-0012, INV-2026-0014 HT-2026-018';
    const decision = decide(receipt({ amount: '390.00', text, ...paying }), invoices, { unseen });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('300.00'), 'INV-2026-0014': minor('90.00') });
  });
});

describe('a number of which not all invoices are seen', () => {
  const unseen = { customers: nothing, tokens: new Set(['HT2026018']) };

  test('names no group for sure', () => {
    const text = 'HT-2026-018';
    expect(decide(receipt({ amount: '800.00', text }), invoices).outcome).toBe('MATCHED');
    const decision = decide(receipt({ amount: '800.00', text }), invoices, { unseen });
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });

  test('leaves an invoice that is named by its own number to be paid', () => {
    const one = receipt({ amount: '500.00', text: 'INV-2026-0013 HT-2026-018' });
    expect(paid(decide(one, invoices, { unseen }))).toEqual({ 'INV-2026-0013': minor('500.00') });
  });
});
