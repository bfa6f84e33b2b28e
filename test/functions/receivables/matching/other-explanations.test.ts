import { describe, expect, test } from 'vitest';
import { byName, decide, decideAll, invoice, minor, receipt } from './items.ts';

const named = invoice({ number: 'INV-2026-0012', amount: '800.00' });
const equal = invoice({ number: 'A-1', amount: '500.00' });
const parts = [invoice({ number: 'A-2', amount: '200.00' }), invoice({ number: 'A-3', amount: '300.00' })];
const naming = receipt({ amount: '500.00', text: 'INV-2026-0012', payer: byName });

describe('what else was possible of a receipt that is matched', () => {
  test('is what weaker rules find, the best first', () => {
    expect(decide(naming, [named, equal])).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT', allocations: [{ invoiceId: 'INV-2026-0012' }] },
      alternatives: [{ rule: 'NAME_AND_AMOUNT', allocations: [{ invoiceId: 'A-1', cash: minor('500.00') }] }],
    });
    const charged = invoice({ number: 'A-4', amount: '504.00' });
    const unsaid = receipt({ amount: '500.00', payer: byName });
    expect(decide(unsaid, [named, charged, ...parts])).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'SET_OF_INVOICES', allocations: [{ invoiceId: 'A-2' }, { invoiceId: 'A-3' }] },
      alternatives: [{ rule: 'TOLERANCE', allocations: [{ invoiceId: 'A-4', charge: minor('4.00') }], onAccount: 0n }],
    });
  });

  test('is nothing beside one invoice of exactly the amount', () => {
    const unsaid = receipt({ amount: '500.00', payer: byName });
    const decision = decide(unsaid, [named, equal, ...parts]);
    expect(decision).toMatchObject({ explanation: { allocations: [{ invoiceId: 'A-1' }] }, alternatives: [] });
  });

  test('is nothing where they find the same, or two', () => {
    const cleared = receipt({ amount: '800.00', text: 'INV-2026-0012', payer: byName });
    expect(decide(cleared, [named, equal]).alternatives).toEqual([]);
    const twin = invoice({ number: 'A-9', amount: '500.00' });
    expect(decide(naming, [named, equal, twin]).alternatives).toEqual([]);
  });

  test('is seen as it was before any payment of the day: what one leaves of its invoice is nothing for the other', () => {
    const other = invoice({ number: 'INV-2026-0013', amount: '900.00' });
    const receipts = [named, other].map(({ number: text }, at) => {
      return receipt({ id: `r${at}`, amount: '400.00', text, payer: byName });
    });
    for (const decision of decideAll({ receipts, invoices: [named, other] })) {
      expect(decision).toMatchObject({ outcome: 'MATCHED', exception: 'SHORT_PAID', alternatives: [] });
    }
  });
});
