import { describe, expect, test } from 'vitest';
import { byAccount, byName, decide, decideAll, invoice, minor, paid, receipt, suggested, yuanda } from './items.ts';

const one = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
const other = invoice({ number: 'INV-2026-0013', amount: '2,345.60' });
const yuandas = invoice({ number: 'INV-2026-0900', amount: '500.00', customerId: yuanda.id });

describe('a reference against the payer', () => {
  test('to an invoice of another customer pays that exact amount, as a group pays for its members', () => {
    const decision = decide(receipt({ amount: '500.00', text: 'INV-2026-0900', payer: byName }), [one, yuandas]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', customerId: 'cu_yd' });
  });

  test('is suggested where the payer owes that amount itself, or the amount is another', () => {
    const own = invoice({ number: 'INV-2026-0901', amount: '500.00' });
    const doubtful = receipt({ amount: '500.00', text: 'INV-2026-0900', payer: byName });
    expect(decide(doubtful, [own, yuandas])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    const part = receipt({ amount: '300.00', text: 'INV-2026-0900', payer: byName });
    expect(decide(part, [one, yuandas])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });

  test('that two customers have is decided by the payer, and by nobody else', () => {
    const twin = invoice({ number: 'INV-2026-0012', id: 'twin', amount: '1,000.00', customerId: yuanda.id });
    const text = 'INV-2026-0012';
    expect(decide(receipt({ amount: '1,000.00', text }), [one, twin])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
    const known = decide(receipt({ amount: '1,000.00', text, payer: { accountKey: 'key_yd' } }), [one, twin]);
    expect(paid(known)).toEqual({ twin: minor('1000.00') });
  });

  test('to a number of ours that is not open keeps the amount from going elsewhere', () => {
    const decision = decide(receipt({ amount: '1,000.00', text: 'INV-2026-0007', payer: byAccount }), [one, other]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(suggested(decision)[0]).toEqual(['INV-2026-0012']);
  });

  test('with one digit wrong still pays by account and amount', () => {
    const decision = decide(receipt({ amount: '1,000.00', text: 'INV-2026-0021', payer: byAccount }), [one, other]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'KNOWN_ACCOUNT_AND_AMOUNT' } });
  });
});

describe('a number beside others', () => {
  const elsewhere = invoice({ number: 'INV-2026-0800', amount: '70.00', currency: 'USD' });

  test('of another currency leaves what does not add up to a person', () => {
    const text = 'INV-2026-0012 INV-2026-0800';
    const over = decide(receipt({ amount: '1,070.00', text, payer: byName }), [one, elsewhere]);
    expect(over).toMatchObject({ outcome: 'SUGGESTED', exception: 'CURRENCY' });
    const exact = decide(receipt({ amount: '1,000.00', text, payer: byName }), [one, elsewhere]);
    expect(paid(exact)).toEqual({ 'INV-2026-0012': minor('1000.00') });
  });

  test('of ours that nobody knows does the same', () => {
    const text = 'INV-2026-0012 INV-2026-0801';
    const over = decide(receipt({ amount: '1,070.00', text, payer: byName }), [one, elsewhere]);
    expect(over).toMatchObject({ outcome: 'SUGGESTED', exception: 'OVERPAID' });
  });

  test('that a known payer writes without its letters keeps the amount from another invoice', () => {
    const twin = invoice({ number: 'A-7', amount: '500.00' });
    const text = '2026-0012';
    expect(decide(receipt({ amount: '500.00', text, payer: byName }), [one, twin])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
    const other = decide(receipt({ amount: '500.00', text: '3月12件', payer: byName }), [
      invoice({ number: '12', amount: '80.00' }),
      twin,
    ]);
    expect(paid(other)).toEqual({ 'A-7': minor('500.00') });
  });
});

describe('a number that a text breaks off in', () => {
  const twin = invoice({ number: 'INV-2026-1013', amount: '1,000.00' });

  test('counts where the payer is known and the amount fits exactly', () => {
    const decision = decide(receipt({ amount: '1,000.00', text: 'goods INV-2026-00', payer: byName }), [one, twin]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('1000.00') });
  });

  test('is a suggestion otherwise', () => {
    expect(decide(receipt({ amount: '1,000.00', text: 'goods INV-2026-001' }), [one, twin])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'UNKNOWN_PAYER',
      alternatives: [{ allocations: [{ invoiceId: 'INV-2026-0012' }] }],
    });
    const part = receipt({ amount: '700.00', text: 'goods INV-2026-001', payer: byName });
    expect(decide(part, [one, twin]).outcome).toBe('SUGGESTED');
  });

  test('after others makes up the sum', () => {
    const text = 'INV-2026-0013, INV-2026-00';
    const decision = decide(receipt({ amount: '3,345.60', text, payer: byName }), [one, other, twin]);
    expect(decision.outcome).toBe('MATCHED');
    expect(Object.keys(paid(decision)).sort()).toEqual(['INV-2026-0012', 'INV-2026-0013']);
  });
});

describe('a full text that names a part of the amount', () => {
  const text = 'payment of goods INV-2026-0013 to you';
  const full = text.slice(0, 35);
  const paying = receipt({ amount: '3,345.60', texts: [full], payer: byAccount });
  const unnamed = (amount: string, given = {}) => invoice({ number: `Z-${amount}`, amount, ...given });
  const rest = [unnamed('1,000.00')];
  const parts = ['1.00', '2.00', '4.00', '8.00', '985.00'].map((amount) => unnamed(amount));
  const named = { 'INV-2026-0013': minor('2345.60') };

  test('is a set with the only invoices of the payer that make up the rest', () => {
    expect(full).toHaveLength(35);
    const decision = decide(paying, [other, ...rest]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES', score: 932 } });
    expect(paid(decision)).toEqual({ ...named, 'Z-1,000.00': minor('1000.00') });
    expect(decision.explanation?.evidence.map(({ kind }) => kind)).toEqual(['ACCOUNT', 'REFERENCE', 'SET']);
    const six = decide(paying, [other, ...parts], {}, { setSizeMax: 6 });
    expect(six).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES', onAccount: 0n } });
  });

  test.each([
    ['are more than a set may hold', parts, {}],
    ['were issued after the payment', [unnamed('1,000.00', { issuedOn: '2026-01-31' })], {}],
    ['are sets, and these are off', rest, { off: ['SET_OF_INVOICES'] as const }],
    ['count by an amount that is off', rest, { off: ['KNOWN_ACCOUNT_AND_AMOUNT'] as const }],
  ])('pays what it names and no others where these %s', (_, others, rules) => {
    const decision = decide(paying, [other, ...others], {}, rules);
    expect(decision).toMatchObject({ outcome: 'MATCHED', exception: 'OVERPAID' });
    expect(decision.explanation?.onAccount).toBe(minor('1000.00'));
    expect(paid(decision)).toEqual(named);
  });

  test('pays what it names and no others where the same amount came some days before', () => {
    const before = invoice({ number: 'INV-2026-0500', amount: '3,345.60' });
    const first = receipt({ ...paying, id: 'r0', amount: '3,345.60', paidOn: '2026-01-28', texts: ['INV-2026-0500'] });
    const decisions = decideAll({ receipts: [first, paying], invoices: [before, other, ...rest] });
    expect(decisions.map(paid)).toEqual([{ 'INV-2026-0500': minor('3345.60') }, named]);
  });
});

describe('a reference to what cannot be paid', () => {
  test.each([
    ['currency', invoice({ number: 'INV-2026-0012', amount: '1,000.00', currency: 'USD' })],
    ['legal entity', invoice({ number: 'INV-2026-0012', amount: '1,000.00', legalEntity: 'le_bj' })],
  ])('in another %s is an exception and never booked', (_, foreign) => {
    const own = invoice({ number: 'INV-2026-0044', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '1,000.00', text: 'INV-2026-0012', payer: byName }), [foreign, own]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'CURRENCY', customerId: 'cu_hx' });
    expect(decision.alternatives).toMatchObject([{ allocations: [], onAccount: minor('1000.00') }]);
  });

  test('in dispute is suggested', () => {
    const disputed = invoice({ number: 'INV-2026-0012', amount: '1,000.00', disputed: true });
    const decision = decide(receipt({ amount: '1,000.00', text: 'INV-2026-0012', payer: byName }), [disputed]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DISPUTED' });
    expect(suggested(decision)[0]).toEqual(['INV-2026-0012']);
  });

  test('that was paid before this run is a duplicate, and does not go to another of the amount', () => {
    const { open: _open, disputed: _disputed, ...invoiced } = one;
    const before = { id: 'r0', amount: minor('1000.00'), paidOn: '2026-01-20', payer: byName };
    const twin = invoice({ number: 'INV-2026-0077', amount: '1,000.00' });
    const again = receipt({ amount: '1,000.00', text: 'INV-2026-0012', payer: byName });
    const decision = decide(again, [twin], { cleared: [{ ...invoiced, payments: [before] }] });
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
    expect(decision.alternatives).toMatchObject([{ allocations: [], onAccount: minor('1000.00') }]);
    expect(decision.alternatives[0]?.evidence).toContainEqual({
      kind: 'REFERENCE',
      found: 'INV20260012',
      meant: 'INV-2026-0012, paid by r0',
    });
  });
});
