import { describe, expect, test } from 'vitest';
import { byAccount, byName, decideAll, invoice, receipt } from './items.ts';

const thousand = invoice({ number: 'A-1', amount: '1,000.00' });
const larger = invoice({ number: 'A-2', amount: '2,500.00', dueOn: '2026-02-10' });

describe('the same money claimed twice', () => {
  const named = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
  const twin = invoice({ number: 'INV-2026-0099', amount: '1,000.00', dueOn: '2026-03-01' });
  const text = 'INV-2026-0012';

  test('a surer rule takes an invoice before a weaker one', () => {
    const receipts = [
      receipt({ id: 'r1', amount: '1,000.00', payer: byAccount, paidOn: '2026-01-10' }),
      receipt({ id: 'r2', amount: '1,000.00', text, paidOn: '2026-01-20' }),
    ];
    const [byAmount, byReference] = decideAll({ receipts, invoices: [named] });
    expect(byReference).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(byAmount).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
  });

  test('a later payment of the same is a duplicate, and does not go to an invoice of the same amount', () => {
    const receipts = ['2026-01-12', '2026-01-10'].map((paidOn, at) =>
      receipt({ id: `r${at}`, amount: '1,000.00', text, payer: byName, paidOn }),
    );
    const [later, earlier] = decideAll({ receipts, invoices: [named, twin] });
    expect(earlier).toMatchObject({ outcome: 'MATCHED' });
    expect(later).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE', alternatives: [{ allocations: [] }] });
  });

  test('payments of one day have equal right: both are held', () => {
    const receipts = ['r1', 'r2'].map((id) => receipt({ id, amount: '1,000.00', text, payer: byName }));
    for (const decision of decideAll({ receipts, invoices: [named, twin] })) {
      expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
    }
    const others = ['700.00', '800.00'].map((amount, at) => receipt({ id: `r${at}`, amount, text, payer: byName }));
    for (const decision of decideAll({ receipts: others, invoices: [named, twin] })) {
      expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    }
  });

  test('what names an invoice that another has paid stays on account', () => {
    const receipts = [
      receipt({ id: 'r1', amount: '1,000.00', text, paidOn: '2026-01-10' }),
      receipt({ id: 'r2', amount: '750.00', text, payer: byName, paidOn: '2026-01-11' }),
    ];
    const [, second] = decideAll({ receipts, invoices: [named, twin] });
    expect(second).toMatchObject({ outcome: 'SUGGESTED', exception: 'OVERPAID', alternatives: [{ allocations: [] }] });
  });

  test('an amount that cleared an invoice a few days before is no part of another', () => {
    const receipts = ['2026-01-10', '2026-01-13'].map((paidOn, at) =>
      receipt({ id: `r${at}`, amount: '1,000.00', payer: byAccount, paidOn }),
    );
    const [first, second] = decideAll({ receipts, invoices: [thousand, larger] });
    expect(first?.outcome).toBe('MATCHED');
    expect(second).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
  });
});
