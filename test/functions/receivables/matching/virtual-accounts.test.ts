import { describe, expect, test } from 'vitest';
import { decide, invoice, minor, paid, receipt, yuanda } from './items.ts';

const thousand = invoice({ number: 'A-1', amount: '1,000.00' });
const larger = invoice({ number: 'A-2', amount: '2,500.00', dueOn: '2026-02-10' });
const yuandas = invoice({ number: 'B-1', amount: '1,000.00', customerId: yuanda.id });

describe('a virtual account', () => {
  const ofPayer = { accountKey: 'va_1', customerId: 'cu_hx' };
  const ofContract = { ...ofPayer, accountKey: 'va_2', reference: 'HT-2026-018' };
  const contract = { references: { contract: 'HT-2026-018' } };
  const first = invoice({ number: 'C-1', amount: '300.00', ...contract });
  const second = invoice({ number: 'C-2', amount: '500.00', ...contract });
  const virtualAccounts = [ofPayer, ofContract];

  test('says who pays, whatever the name', () => {
    const paying = receipt({
      amount: '1,000.00',
      virtualAccountKey: 'va_1',
      payer: { name: '远大贸易(上海)有限公司' },
    });
    const decision = decide(paying, [thousand, larger, yuandas], { virtualAccounts });
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'VIRTUAL_ACCOUNT' } });
    expect(paid(decision)).toEqual({ 'A-1': minor('1000.00') });
  });

  test('is shown by its number, with the name of the customer', () => {
    const numbered = [{ ...ofPayer, number: '8800123400000018' }];
    const paying = receipt({ amount: '1,000.00', virtualAccountKey: 'va_1' });
    expect(decide(paying, [thousand], { virtualAccounts: numbered }).explanation?.evidence[0]).toEqual({
      kind: 'VIRTUAL_ACCOUNT',
      found: '8800123400000018',
      meant: '深圳市华兴科技有限公司',
    });
  });

  test.each([
    ['all', '800.00', { 'C-1': minor('300.00'), 'C-2': minor('500.00') }, 0n],
    ['the one of the amount', '500.00', { 'C-2': minor('500.00') }, 0n],
    ['all, with a surplus on account', '900.00', { 'C-1': minor('300.00'), 'C-2': minor('500.00') }, minor('100.00')],
  ])('of a contract pays its invoices: %s', (_, amount, pays, onAccount) => {
    const twin = invoice({ number: 'D-2', amount: '500.00' });
    const paying = receipt({ amount, virtualAccountKey: 'va_2' });
    const decision = decide(paying, [first, second, twin, thousand], { virtualAccounts });
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'VIRTUAL_ACCOUNT', onAccount } });
    expect(paid(decision)).toEqual(pays);
  });

  test('of a contract with one open invoice is paid in parts', () => {
    const decision = decide(receipt({ amount: '100.00', virtualAccountKey: 'va_2' }), [first, thousand], {
      virtualAccounts,
    });
    expect(decision).toMatchObject({ outcome: 'MATCHED', exception: 'SHORT_PAID' });
    expect(paid(decision)).toEqual({ 'C-1': minor('100.00') });
  });

  test('of a contract pays the one of the amount, and not that with a small one less a charge', () => {
    const large = invoice({ number: 'C-8', amount: '45,591.20', ...contract });
    const small = invoice({ number: 'C-9', amount: '45.00', ...contract });
    const decision = decide(receipt({ amount: '45,591.20', virtualAccountKey: 'va_2' }), [large, small], {
      virtualAccounts,
    });
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'VIRTUAL_ACCOUNT' } });
    expect(paid(decision)).toEqual({ 'C-8': minor('45591.20') });
  });

  test.each([
    ['is paid', { open: undefined }, 'OVERPAID'],
    ['is of another entity', { legalEntity: 'le_bj' }, 'CURRENCY'],
  ])('of a contract pays none of its invoices where the text names another that %s', (_, other, exception) => {
    const { open, ...given } = { open: '0.01', ...other };
    const named = invoice({ number: 'INV-2026-0012', amount: '500.00', ...given });
    const all = open === undefined ? { cleared: [{ ...named, payments: [] }] } : {};
    const invoices = open === undefined ? [first, second] : [first, second, named];
    const paying = receipt({ amount: '500.00', virtualAccountKey: 'va_2', text: 'INV-2026-0012' });
    expect(decide(paying, invoices, { virtualAccounts, ...all })).toMatchObject({ outcome: 'SUGGESTED', exception });
  });

  test('of a contract whose number begins with Chinese characters is no other with the same digits', () => {
    const ofContract = (number: string, value: string) => {
      return invoice({ number, amount: '500.00', references: { contract: value } });
    };
    const paying = receipt({ amount: '500.00', virtualAccountKey: 'va_3' });
    const account = { accountKey: 'va_3', customerId: 'cu_hx', reference: '沪合25-018' };
    const invoices = [ofContract('C-3', '京合25-018'), ofContract('C-4', '沪合25-018')];
    expect(paid(decide(paying, invoices, { virtualAccounts: [account] }))).toEqual({ 'C-4': minor('500.00') });
  });

  test('says nothing where its rule is off', () => {
    const paying = receipt({ amount: '1,000.00', virtualAccountKey: 'va_1' });
    expect(decide(paying, [thousand], { virtualAccounts }, { off: ['VIRTUAL_ACCOUNT'] })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'UNKNOWN_PAYER',
    });
  });
});
