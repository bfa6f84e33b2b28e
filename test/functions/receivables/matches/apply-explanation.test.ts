import { describe, expect, it } from 'vitest';
import { openOf } from '../../../../functions/receivables/invoices/invoice.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { receiptState, unappliedOf } from '../../../../functions/receivables/receipts/receipt.ts';
import { aReceipt, byId, paying, refusal, step } from '../receipt-samples.ts';
import { aCustomer, anInvoice } from '../samples.ts';

/** 1,000.00 of an invoice; amounts in fen. */
const invoice = anInvoice();

describe('a receipt that is explained', () => {
  it('pays its invoices, and what is left goes on account of the customer', () => {
    const other = anInvoice({ number: 'FP-2', amount: 20_000n });
    const receipt = aReceipt({ amount: 125_000n });
    const use = paying(
      [
        [invoice, 100_000n],
        [other, 20_000n],
      ],
      5_000n,
    );
    const { receipt: next, invoices, match } = applyExplanation(receipt, byId(invoice, other), use, step);
    expect([next.allocated, next.onAccount, unappliedOf(next)]).toEqual([120_000n, 5_000n, 0n]);
    expect(receiptState(next)).toBe('MATCHED');
    expect(invoices.map(openOf)).toEqual([0n, 0n]);
    expect(invoices.map(({ revision }) => revision)).toEqual([2, 2]);
    expect(match).toMatchObject({ rule: 'REFERENCE', customerId: invoice.customerId, onAccount: 5_000n, revision: 1 });
    expect(match.evidence).toEqual(use.evidence);
  });

  it('clears an invoice with its discount and with what a bank kept, though these are no cash', () => {
    const use = paying([[invoice, 97_500n, 2_000n, 500n]]);
    const { receipt, invoices } = applyExplanation(aReceipt({ amount: 97_500n }), byId(invoice), use, step);
    expect(receipt.allocated).toBe(97_500n);
    expect(invoices.map(openOf)).toEqual([0n]);
  });

  it('settles its exception, and keeps nothing of how else it may have been explained', () => {
    const waiting = aReceipt({ exception: { reason: 'AMBIGUOUS', since: step.at, assignee: '王芳' } });
    const { receipt, match } = applyExplanation(waiting, byId(invoice), paying([[invoice, 100_000n]]), step);
    expect(receipt.exception).toBeUndefined();
    expect(match.found).toEqual({ reason: 'AMBIGUOUS' });
  });

  it('waits on with whoever has it as long as some of it is not used', () => {
    const waiting = aReceipt({
      exception: { reason: 'AMBIGUOUS', since: '2026-03-01T00:00:00.000Z', assignee: '王芳' },
    });
    const { receipt } = applyExplanation(waiting, byId(invoice), paying([[invoice, 60_000n]]), step);
    expect(receipt.exception).toEqual(waiting.exception);
  });

  it('that paid too much waits until what is on account is used', () => {
    const overpaid = { ...paying([[invoice, 100_000n]], 30_000n), exception: 'OVERPAID' } as const;
    const first = applyExplanation(aReceipt({ amount: 130_000n }), byId(invoice), overpaid, step).receipt;
    expect(first.exception?.reason).toBe('OVERPAID');
    const next = anInvoice({ number: 'FP-3', amount: 30_000n });
    const use = { ...paying([[next, 30_000n]]), fromOnAccount: 30_000n };
    const second = applyExplanation(first, byId(next), use, step).receipt;
    expect([second.allocated, second.onAccount, second.exception]).toEqual([130_000n, 0n, undefined]);
  });
});

describe('a use of money is refused, and leaves everything as it is,', () => {
  const receipt = aReceipt();
  const apply = (use: ReturnType<typeof paying>, of = receipt, paid = invoice) =>
    refusal(() => applyExplanation(of, byId(paid), use, step));

  it.each([
    ['above what is not used of the receipt', paying([[invoice, 100_000n]], 1n), 'receivables/receipt-exceeded'],
    ['above what is open of the invoice', paying([[invoice, 100_001n]]), 'receivables/invoice-exceeded'],
    [
      'with a discount that is more than what is left',
      paying([[invoice, 99_999n, 2n]]),
      'receivables/invoice-exceeded',
    ],
    [
      'from on account where nothing is there',
      { ...paying([[invoice, 100n]]), fromOnAccount: 100n },
      'receivables/on-account-exceeded',
    ],
    [
      'for an invoice that is named twice',
      paying([
        [invoice, 1n],
        [invoice, 1n],
      ]),
      'receivables/invoice-twice',
    ],
    [
      'for an invoice that is not there',
      paying([[anInvoice({ number: 'FP-9' }), 1n]]),
      'receivables/invoice-not-found',
    ],
    ['for nothing at all', paying([]), 'receivables/match-empty'],
    [
      'for more invoices than one transaction holds',
      paying(Array.from({ length: 91 }, () => [invoice, 1n] as const)),
      'receivables/match-too-large',
    ],
  ])('%s', (_, use, code) => {
    expect(apply(use)).toBe(code);
  });

  it('across currencies, legal entities and customers', () => {
    const dollars = anInvoice({ currency: 'USD' });
    const ofOther = anInvoice({ legalEntity: '禹道制造有限公司' });
    const use = paying([[invoice, 1n]]);
    expect(apply(paying([[dollars, 1n]]), receipt, dollars)).toBe('receivables/other-currency');
    expect(apply(paying([[ofOther, 1n]]), receipt, ofOther)).toBe('receivables/other-legal-entity');
    expect(apply({ ...use, customerId: aCustomer({ number: 'K-2' }).id })).toBe('receivables/other-customer');
  });

  it('from what is on account for another customer', () => {
    const kept = aReceipt({ onAccount: 50_000n, customerId: aCustomer({ number: 'K-2' }).id });
    expect(apply({ ...paying([[invoice, 100n]]), fromOnAccount: 100n }, kept)).toBe('receivables/other-customer');
    expect(apply(paying([], 100n), kept)).toBe('receivables/other-customer');
    expect(apply(paying([[invoice, 100n]]), kept)).toBe('not refused');
  });
});
