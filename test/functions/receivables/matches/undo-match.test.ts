import { describe, expect, it } from 'vitest';
import { openOf } from '../../../../functions/receivables/invoices/invoice.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { refundReceipt } from '../../../../functions/receivables/matches/refund-receipt.ts';
import { undoMatch } from '../../../../functions/receivables/matches/undo-match.ts';
import type { Receipt } from '../../../../functions/receivables/receipts/receipt.ts';
import { aReceipt, byId, paying, refusal, step } from '../receipt-samples.ts';
import { aCustomer, anInvoice } from '../samples.ts';

const invoice = anInvoice();
const later = { ...step, at: '2026-03-05T02:00:00.000Z', date: '2026-03-05' };

/** What a match may change of a receipt. */
const moneyOf = ({ amount, allocated, onAccount, refunded, customerId, exception }: Receipt) => ({
  ...{ amount, allocated, onAccount, refunded, customerId },
  reason: exception?.reason,
});

describe('a match that is undone', () => {
  it.each([undefined, 'UNKNOWN_PAYER', 'AMBIGUOUS'] as const)(
    'leaves receipt and invoice as it found them (%s)',
    (reason) => {
      const before = aReceipt({ amount: 98_000n, ...(reason && { exception: { reason, since: step.at } }) });
      const made = applyExplanation(before, byId(invoice), paying([[invoice, 97_000n, 2_000n, 1_000n]], 1_000n), step);
      const [paid] = made.invoices;
      const undone = undoMatch(
        made.receipt,
        byId(...made.invoices),
        made.match,
        { matches: [made.match], refunds: [] },
        '认领错误',
        later,
      );
      expect(moneyOf(undone.receipt)).toEqual({ ...moneyOf(before), reason: reason ?? 'AMBIGUOUS' });
      expect([openOf(paid ?? invoice), ...undone.invoices.map(openOf)]).toEqual([0n, 100_000n]);
      expect(undone.match).toEqual({
        ...made.match,
        revision: 2,
        undone: { at: later.at, reason: '认领错误', cause: step.cause },
      });
    },
  );

  it('stays as the first suggestion, and is not made by itself again', () => {
    const made = applyExplanation(aReceipt(), byId(invoice), paying([[invoice, 100_000n]]), step);
    const { receipt } = undoMatch(
      made.receipt,
      byId(...made.invoices),
      made.match,
      { matches: [made.match], refunds: [] },
      '认领错误',
      later,
    );
    expect(receipt.suggestions).toMatchObject([{ rule: 'REFERENCE', allocations: made.match.allocations }]);
    expect(receipt.handled).toBe(true);
  });

  it('is undone once', () => {
    const made = applyExplanation(aReceipt(), byId(invoice), paying([[invoice, 100_000n]]), step);
    const undone = undoMatch(
      made.receipt,
      byId(...made.invoices),
      made.match,
      { matches: [made.match], refunds: [] },
      'x',
      later,
    );
    const again = () =>
      undoMatch(
        undone.receipt,
        byId(...undone.invoices),
        undone.match,
        { matches: [undone.match], refunds: [] },
        'x',
        later,
      );
    expect(refusal(again)).toBe('receivables/match-undone');
  });

  it('stands where what it put on account pays another invoice, which is named', () => {
    const put = applyExplanation(aReceipt(), byId(invoice), paying([], 100_000n), step);
    const use = { ...paying([[invoice, 60_000n]]), fromOnAccount: 60_000n };
    const used = applyExplanation(put.receipt, byId(invoice), use, later);
    const history = { matches: [put.match, used.match], refunds: [] };
    const undo = () => undoMatch(used.receipt, byId(), put.match, history, 'x', later);
    expect(undo).toThrow(used.match.id);
    expect(refusal(undo)).toBe('receivables/on-account-used');
    const freed = undoMatch(used.receipt, byId(...used.invoices), used.match, history, 'x', later);
    const matches = [put.match, freed.match];
    const { receipt } = undoMatch(freed.receipt, byId(), put.match, { matches, refunds: [] }, 'x', later);
    expect([receipt.allocated, receipt.onAccount]).toEqual([0n, 0n]);
  });

  it('stands where what it put on account was refunded, and the refund is named', () => {
    const put = applyExplanation(aReceipt(), byId(invoice), paying([[invoice, 90_000n]], 10_000n), step);
    const asked = { id: 'rfd_1', amount: 4_000n, fromOnAccount: 4_000n, reason: '多付' };
    const { receipt, refund } = refundReceipt(put.receipt, asked, later);
    const history = { matches: [put.match], refunds: [refund] };
    const undo = () => undoMatch(receipt, byId(...put.invoices), put.match, history, 'x', later);
    expect(undo).toThrow('rfd_1');
    expect(refusal(undo)).toBe('receivables/on-account-used');
  });
});

describe('a match that is undone beside another', () => {
  const ofOther = anInvoice({ number: 'FP-2026-0002', customerId: aCustomer({ number: 'K-2' }).id });
  const made = () => {
    const first = applyExplanation(aReceipt(), byId(invoice), paying([[invoice, 40_000n]]), step);
    const second = applyExplanation(first.receipt, byId(ofOther), paying([[ofOther, 60_000n]]), later);
    return [first, second] as const;
  };

  it('leaves the receipt to the customer of the other', () => {
    const [first, second] = made();
    const matches = [first.match, second.match];
    expect(second.receipt.customerId).toBe(ofOther.customerId);
    const undone = undoMatch(
      second.receipt,
      byId(...second.invoices),
      second.match,
      { matches, refunds: [] },
      'x',
      later,
    );
    expect(undone.receipt.customerId).toBe(invoice.customerId);
  });

  it('and the other too, in either order, leaves the receipt to whom the first one found it with: nobody', () => {
    for (const isTurned of [false, true]) {
      const both = made();
      const [one, other] = isTurned ? both.toReversed() : both;
      if (!one || !other) throw new Error('There are two.');
      const paid = byId(...both.flatMap(({ invoices }) => invoices));
      const all = both.map(({ match }) => match);
      const undone = undoMatch(both[1].receipt, paid, one.match, { matches: all, refunds: [] }, 'x', later);
      const matches = all.map((match) => (match.id === undone.match.id ? undone.match : match));
      const { receipt } = undoMatch(undone.receipt, paid, other.match, { matches, refunds: [] }, 'x', later);
      expect([receipt.customerId, receipt.allocated]).toEqual([undefined, 0n]);
    }
  });
});

describe('a refund', () => {
  it('takes what is not used, and settles the exception when all of it went', () => {
    const waiting = aReceipt({ exception: { reason: 'UNKNOWN_PAYER', since: step.at } });
    const part = refundReceipt(waiting, { id: 'rfd_1', amount: 40_000n, fromOnAccount: 0n, reason: 'x' }, step);
    expect(part.receipt.exception?.reason).toBe('UNKNOWN_PAYER');
    const all = refundReceipt(part.receipt, { id: 'rfd_2', amount: 60_000n, fromOnAccount: 0n, reason: 'x' }, step);
    expect([all.receipt.refunded, all.receipt.exception]).toEqual([100_000n, undefined]);
  });

  it('is refused above what is not used and above what is on account; what pays invoices stays', () => {
    const made = applyExplanation(aReceipt(), byId(invoice), paying([[invoice, 70_000n]], 20_000n), step).receipt;
    const refund = (amount: bigint, fromOnAccount: bigint) =>
      refusal(() => refundReceipt(made, { id: 'rfd_1', amount, fromOnAccount, reason: 'x' }, step));
    expect(refund(10_001n, 0n)).toBe('receivables/receipt-exceeded');
    expect(refund(20_001n, 20_001n)).toBe('receivables/on-account-exceeded');
    expect(refund(30_000n, 20_000n)).toBe('not refused');
  });
});
