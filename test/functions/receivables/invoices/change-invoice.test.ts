import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  disputeInvoice,
  type InvoiceChange,
  reduceInvoice,
  resolveDispute,
} from '../../../../functions/receivables/invoices/change-invoice.ts';
import { type Invoice, invoiceState, openOf } from '../../../../functions/receivables/invoices/invoice.ts';
import { anInvoice, on } from '../samples.ts';

const outcomeOf = (change: InvoiceChange): Invoice => {
  if (change.outcome !== 'CHANGED' && change.outcome !== 'UNCHANGED') throw new Error(change.outcome);
  return change.invoice;
};
const credit = (invoice: Invoice, amount: bigint) => reduceInvoice(invoice, { kind: 'CREDIT_NOTE', amount }, on);
const writeOff = (invoice: Invoice, amount: bigint) => reduceInvoice(invoice, { kind: 'WRITE_OFF', amount }, on);

describe('an invoice of 1,000.00', () => {
  it('less a credit note of 300.00 is 700.00 open', () => {
    const invoice = outcomeOf(credit(anInvoice(), 30_000n));
    expect(invoice).toMatchObject({ credited: 30_000n, revision: 2 });
    expect(openOf(invoice)).toBe(70_000n);
    expect(invoiceState(invoice)).toBe('OPEN');
  });

  it('is CREDITED when all of it is, and WRITTEN_OFF when the rest is given up', () => {
    expect(invoiceState(outcomeOf(credit(anInvoice(), 100_000n)))).toBe('CREDITED');
    const half = outcomeOf(credit(anInvoice({ cleared: 20_000n }), 50_000n));
    expect(invoiceState(half)).toBe('PART_PAID');
    const gone = outcomeOf(writeOff(half, 30_000n));
    expect(openOf(gone)).toBe(0n);
    expect(invoiceState(gone)).toBe('WRITTEN_OFF');
  });

  it('of which 200.00 is paid takes a credit note of 800.00 and none of a fen more', () => {
    const paid = anInvoice({ cleared: 20_000n });
    expect(credit(paid, 80_001n)).toEqual({ outcome: 'ABOVE_OPEN', open: 80_000n });
    expect(invoiceState(outcomeOf(credit(paid, 80_000n)))).toBe('PAID');
    expect(credit(paid, 0n)).toEqual({ outcome: 'ABOVE_OPEN', open: 80_000n });
  });

  it('that is paid takes nothing more, and is disputed no more', () => {
    const paid = anInvoice({ cleared: 100_000n });
    expect(credit(paid, 1n)).toEqual({ outcome: 'NOT_OPEN', state: 'PAID' });
    expect(disputeInvoice(paid, '数量不符', on)).toEqual({ outcome: 'NOT_OPEN', state: 'PAID' });
  });

  it('is disputed until that is resolved; another reason does not begin it anew', () => {
    const disputed = outcomeOf(disputeInvoice(anInvoice(), '数量不符', on));
    expect(invoiceState(disputed)).toBe('DISPUTED');
    expect(disputeInvoice(disputed, '数量不符', { ...on, at: 'later' })).toEqual({
      outcome: 'UNCHANGED',
      invoice: disputed,
    });
    const other = outcomeOf(disputeInvoice(disputed, '价格不符', { ...on, at: 'later' }));
    expect(other).toMatchObject({ dispute: { reason: '价格不符', since: on.at }, revision: 3, changedAt: 'later' });
    const resolved = outcomeOf(resolveDispute(other, on));
    expect(resolved).not.toHaveProperty('dispute');
    expect(invoiceState(resolved)).toBe('OPEN');
    expect(resolveDispute(resolved, on)).toEqual({ outcome: 'UNCHANGED', invoice: resolved });
  });
});

describe('any invoice', () => {
  const step = fc.record({
    kind: fc.constantFrom('CREDIT_NOTE' as const, 'WRITE_OFF' as const),
    amount: fc.bigInt({ min: -10n, max: 600n }),
  });

  it('is never open for less than nothing, and its parts add up to its amount', () => {
    const parts = fc.record({ amount: fc.bigInt({ min: 1n, max: 1_000n }), paid: fc.bigInt({ min: 0n, max: 1_000n }) });
    fc.assert(
      fc.property(parts, fc.array(step, { maxLength: 12 }), ({ amount, paid }, steps) => {
        let invoice = anInvoice({ amount, cleared: paid < amount ? paid : amount });
        let [credited, writtenOff] = [0n, 0n];
        for (const asked of steps) {
          const left = openOf(invoice);
          const change = reduceInvoice(invoice, asked, on);
          expect(change.outcome === 'CHANGED').toBe(asked.amount > 0n && asked.amount <= left);
          if (change.outcome !== 'CHANGED') continue;
          invoice = change.invoice;
          if (asked.kind === 'CREDIT_NOTE') credited += asked.amount;
          else writtenOff += asked.amount;
          expect(openOf(invoice)).toBe(left - asked.amount);
        }
        expect(openOf(invoice)).toBeGreaterThanOrEqual(0n);
        expect(invoice).toMatchObject({ amount, credited, writtenOff });
        expect(invoice.cleared + credited + writtenOff + openOf(invoice)).toBe(amount);
      }),
    );
  });
});
