import { describe, expect, test } from 'vitest';
import { byAccount, decide, decideAll, invoice, minor, paid, receipt, suggested } from './items.ts';

describe('a set of invoices', () => {
  const open = (amounts: readonly string[]) =>
    amounts.map((amount, at) => invoice({ number: `S-${at + 1}`, amount, dueOn: `2026-02-${String(at + 10)}` }));

  test('is paid where it is the only one: 6,250.50 of five invoices', () => {
    const invoices = open(['1,200.00', '3,450.50', '780.25', '2,019.75', '5,000.00']);
    const decision = decide(receipt({ amount: '6,250.50', payer: byAccount }), invoices);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES', onAccount: 0n } });
    expect(paid(decision)).toEqual({ 'S-2': minor('3450.50'), 'S-3': minor('780.25'), 'S-4': minor('2019.75') });
  });

  test('is a suggestion where there are two: 5,000 of 1,000; 2,500; 1,500; 4,000', () => {
    const decision = decide(
      receipt({ amount: '5,000.00', payer: byAccount }),
      open(['1,000.00', '2,500.00', '1,500.00', '4,000.00']),
    );
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(suggested(decision).slice(0, 2)).toEqual([
      ['S-1', 'S-2', 'S-3'],
      ['S-1', 'S-4'],
    ]);
  });

  test('comes after one invoice of exactly the amount', () => {
    const decision = decide(
      receipt({ amount: '2,500.00', payer: byAccount }),
      open(['1,000.00', '2,500.00', '1,500.00']),
    );
    expect(paid(decision)).toEqual({ 'S-2': minor('2500.00') });
  });

  test('of more invoices than a set may hold is a suggestion', () => {
    const six = open(['1.01', '2.02', '4.04', '8.08', '16.16', '32.32', '1,000.00']);
    const paying = receipt({ amount: '63.63', payer: byAccount });
    expect(decide(paying, six)).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(decide(paying, six, {}, { setSizeMax: 6 }).outcome).toBe('MATCHED');
  });

  test('is not proved to be the only one where invoices were left out of the search', () => {
    const many = open(Array.from({ length: 13 }, (_, at) => `${2 ** at}.00`));
    const paying = receipt({ amount: '4,096.00', payer: byAccount });
    expect(decide(paying, many.slice(0, 12)).outcome).toBe('SUGGESTED');
    const three = receipt({ amount: '2,051.00', payer: byAccount });
    expect(decide(three, many.slice(0, 12)).outcome).toBe('MATCHED');
    // All thirteen are below 8,000.00.
    const cut = receipt({ amount: '4,099.00', payer: byAccount });
    expect(decide(cut, many)).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(decide(cut, many, {}, { setCandidatesMax: 13 }).outcome).toBe('MATCHED');
  });

  test('takes the discount of each invoice that is paid early', () => {
    const discount = { basisPoints: 200, withinDays: 10 };
    const invoices = [
      invoice({ number: 'S-1', amount: '1,000.00', discount }),
      invoice({ number: 'S-2', amount: '333.33' }),
      invoice({ number: 'S-3', amount: '7,000.00', discount }),
    ];
    const early = receipt({ amount: '1,313.33', paidOn: '2026-01-15', payer: byAccount });
    const decision = decide(early, invoices);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES' } });
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'S-1', cash: minor('980.00'), discount: minor('20.00'), charge: 0n },
      { invoiceId: 'S-2', cash: minor('333.33'), discount: 0n, charge: 0n },
    ]);
    expect(decide({ ...early, paidOn: '2026-01-16' }, invoices).outcome).toBe('SUGGESTED');
  });

  test('with an invoice in dispute is suggested', () => {
    const invoices = open(['1,000.00', '2,500.00']).map((one) => ({ ...one, disputed: one.number === 'S-1' }));
    const decision = decide(receipt({ amount: '3,500.00', payer: byAccount }), invoices);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DISPUTED' });
  });

  test('is looked for within bounds: a payer with 2,000 open invoices does not stall', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => {
      return invoice({ number: `M-${at}`, amount: `${1_000 + at}.${String(10 + (at % 89))}` });
    });
    const receipts = Array.from({ length: 200 }, (_, at) =>
      receipt({ id: `r${at}`, amount: `${5_000 + 13 * at}.37`, payer: byAccount }),
    );
    const decisions = decideAll({ receipts, invoices: many });
    expect(decisions.filter(({ outcome }) => outcome === 'MATCHED')).toEqual([]);
  });
});
