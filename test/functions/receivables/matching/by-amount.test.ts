import { describe, expect, test } from 'vitest';
import { byAccount, byName, decide, huaxing, invoice, minor, paid, receipt, suggested, yuanda } from './items.ts';

const thousand = invoice({ number: 'A-1', amount: '1,000.00' });
const larger = invoice({ number: 'A-2', amount: '2,500.00', dueOn: '2026-02-10' });
const yuandas = invoice({ number: 'B-1', amount: '1,000.00', customerId: yuanda.id });

describe('an amount of a known payer', () => {
  test.each([
    ['by its account', byAccount, 'KNOWN_ACCOUNT_AND_AMOUNT'],
    ['by its name', byName, 'NAME_AND_AMOUNT'],
    ['by an alias', { name: '華興科技' }, 'NAME_AND_AMOUNT'],
    ['by its name in traditional characters and full width', { name: '深圳市華興科技（有限公司）' }, 'NAME_AND_AMOUNT'],
    ['by its account, the name misspelt', { ...byAccount, name: '深圳市华新科技有限公司' }, 'KNOWN_ACCOUNT_AND_AMOUNT'],
    [
      'by its account, as 有限责任公司',
      { ...byAccount, name: '深圳市华兴科技有限责任公司' },
      'KNOWN_ACCOUNT_AND_AMOUNT',
    ],
  ])('pays the one invoice of it, the payer known %s', (_, payer, rule) => {
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger, yuandas]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', customerId: 'cu_hx', explanation: { rule, onAccount: 0n } });
    expect(paid(decision)).toEqual({ 'A-1': minor('1000.00') });
  });

  test.each([
    ['a misspelt name', { name: '深圳市华新科技有限公司' }],
    ['a name that a bank has cut', { name: '深圳市华兴科技有' }],
    ['a name as 有限责任公司', { name: '深圳市华兴科技有限责任公司' }],
    ['a name without 市', { name: '深圳华兴科技有限公司' }],
  ])('%s is only a suggestion', (_, payer) => {
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger, yuandas]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(decision).not.toHaveProperty('customerId');
    expect(suggested(decision)[0]).toEqual(['A-1']);
  });

  test.each([
    ['a branch', '深圳市华兴科技有限公司北京分公司'],
    ['another form of company', '深圳市华兴科技股份有限公司'],
    ['another place', '华兴(北京)科技有限公司'],
    ['nobody', undefined],
  ])('%s is another payer: the amount alone says nothing for sure', (_, name) => {
    const payer = name === undefined ? {} : { name };
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(decision.alternatives[0]?.score).toBeLessThan(500);
  });

  test('shows the account as it may be shown and the name of the customer, never a key or an id', () => {
    const known = decide(receipt({ amount: '1,000.00', payer: { ...byAccount, account: '****5123' } }), [thousand]);
    const meant = '深圳市华兴科技有限公司';
    expect(known.explanation?.evidence[0]).toEqual({ kind: 'ACCOUNT', found: '****5123', meant });
    const unshown = decide(receipt({ amount: '1,000.00', payer: byAccount }), [thousand]);
    expect(unshown.explanation?.evidence[0]).toEqual({ kind: 'ACCOUNT', found: '****', meant });
  });

  test('that came before the invoice was issued is a suggestion; on the day itself it pays', () => {
    const paying = receipt({ amount: '1,000.00', payer: byAccount, paidOn: '2026-01-04' });
    const early = decide(paying, [thousand, larger]);
    expect(early).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS', customerId: 'cu_hx' });
    expect(suggested(early)[0]).toEqual(['A-1']);
    expect(paid(decide({ ...paying, paidOn: '2026-01-05' }, [thousand, larger]))).toEqual({ 'A-1': minor('1000.00') });
  });

  test('two invoices of the amount are a suggestion of both', () => {
    const twin = invoice({ number: 'A-9', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '1,000.00', payer: byAccount }), [thousand, twin]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS', customerId: 'cu_hx' });
    expect(suggested(decision)).toContainEqual(['A-1']);
    expect(suggested(decision)).toContainEqual(['A-9']);
  });

  test('a reference tells two invoices of the amount apart', () => {
    const twin = invoice({ number: 'INV-2026-0009', amount: '1,000.00' });
    const naming = receipt({ amount: '1,000.00', payer: byAccount, text: 'inv20260009' });
    expect(paid(decide(naming, [thousand, twin]))).toEqual({ 'INV-2026-0009': minor('1000.00') });
  });

  test('a name that two customers share is no known payer', () => {
    const twin = { ...yuanda, names: [...huaxing.names] };
    const paying = receipt({ amount: '2,500.00', payer: byName });
    expect(decide(paying, [thousand, larger], { customers: [huaxing, twin] })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('an account that two customers pay from leaves it to the name, also as 有限责任公司', () => {
    const shared = { ...yuanda, accountKeys: ['key_hx'] };
    const customers = [huaxing, shared];
    const named = receipt({ amount: '1,000.00', payer: { ...byAccount, name: '深圳市华兴科技有限责任公司' } });
    expect(paid(decide(named, [thousand, yuandas], { customers }))).toEqual({ 'A-1': minor('1000.00') });
    const nameless = receipt({ amount: '1,000.00', payer: byAccount });
    expect(decide(nameless, [thousand, yuandas], { customers })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('an account of one customer under the name of another is no known payer', () => {
    const paying = receipt({ amount: '1,000.00', payer: { ...byAccount, name: '远大贸易（上海）有限公司' } });
    expect(decide(paying, [thousand, larger])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });

  test('an invoice in dispute is suggested', () => {
    const disputed = invoice({ number: 'A-1', amount: '1,000.00', disputed: true });
    expect(decide(receipt({ amount: '1,000.00', payer: byAccount }), [disputed, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'DISPUTED',
    });
  });

  test('an invoice in another currency or of another entity is never paid', () => {
    for (const [foreign, meant] of [
      [{ currency: 'USD' }, 'A-1 of le_sh in USD'],
      [{ legalEntity: 'le_bj' }, 'A-1 of le_bj in CNY'],
    ] as const) {
      const elsewhere = invoice({ number: 'A-1', amount: '1,000.00', ...foreign });
      const decision = decide(receipt({ amount: '1,000.00', payer: byAccount }), [elsewhere]);
      expect(decision.alternatives[0]?.evidence.at(-1)).toMatchObject({ kind: 'AMOUNT', meant });
      expect(decision).toMatchObject({
        outcome: 'SUGGESTED',
        exception: 'CURRENCY',
        alternatives: [{ allocations: [], onAccount: minor('1000.00') }],
      });
    }
  });

  test('more than is owed at all is an overpayment that a person looks at', () => {
    const decision = decide(receipt({ amount: '4,000.00', payer: byAccount }), [thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'OVERPAID' });
    expect(decision.alternatives[0]).toMatchObject({ onAccount: minor('500.00') });
  });
});
