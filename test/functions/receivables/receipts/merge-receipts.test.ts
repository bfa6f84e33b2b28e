import { describe, expect, it } from 'vitest';
import { bookingsOf } from '../../../../functions/receivables/booking/bookings-of.ts';
import { addReceipt, noReceipts } from '../../../../functions/receivables/proof/fold-book.ts';
import { dismissReceipt } from '../../../../functions/receivables/receipts/dismiss-receipt.ts';
import { mergeReceipts } from '../../../../functions/receivables/receipts/merge-receipts.ts';
import { type Receipt, receiptState, unappliedOf } from '../../../../functions/receivables/receipts/receipt.ts';
import { receiptToPlain } from '../../../../functions/receivables/receipts/receipt-items.ts';
import { reopenReceipt } from '../../../../functions/receivables/receipts/reopen-receipt.ts';
import { isSameMoney } from '../../../../functions/receivables/receipts/same-money.ts';
import { moneyAsOf } from '../../../../functions/receivables/reports/money-as-of.ts';
import { aReceipt, refusal, step } from '../receipt-samples.ts';
import { at } from '../samples.ts';

const told = { kind: 'STATEMENT', id: 'ent_1', at } as const;
const byHand = aReceipt({ exception: { reason: 'DUPLICATE', since: at }, texts: ['货款'] });
const byBank = (more: Partial<Receipt> = {}) => {
  const { number: _, ...rest } = aReceipt({ id: 'rcp_bank', sources: [told], payer: {}, cashAccountId: 'acc_1' });
  return { ...rest, ...more };
};

const before = { texts: [], references: {}, payer: {}, sources: [], matchesMade: 0, refunded: 0n };
const intoAnother = { into: 'rcp_9', date: step.date, at, leaves: {}, before };

describe('a receipt that is merged', () => {
  it('counts for nothing, waits for nobody, and gives what it knows to the other one', () => {
    const into = byBank();
    const { from, into: stays } = mergeReceipts({ from: byHand, into }, step);
    expect(receiptState(from)).toBe('MERGED');
    expect([unappliedOf(from), from.exception, from.merged]).toEqual([
      0n,
      undefined,
      expect.objectContaining({ into: 'rcp_bank', date: step.date, at, leaves: {} }),
    ]);
    expect(addReceipt(noReceipts, from)).toEqual(noReceipts);
    expect(stays).toMatchObject({
      payer: byHand.payer,
      texts: ['货款'],
      sources: [told, ...byHand.sources],
      revision: 2,
    });
    expect(stays.amount).toBe(into.amount);
  });

  it('is booked the exact opposite of what it was booked as, once', () => {
    const before = byBank();
    const { from } = mergeReceipts({ from: before, into: byHand }, step);
    const [item, previous] = [from, before].map(receiptToPlain);
    const change = { kind: 'MODIFY' as const, ...(item && { item }), ...(previous && { previous }) };
    // What was told by hand lay on the account of the book: the money lies where the bank says.
    const legs = [{ debit: { book: 'cash' }, credit: { book: 'unapplied' }, amount: 100_000n }];
    expect(bookingsOf(change)).toMatchObject([{ name: ['rcp_bank', 'merged'], legs }]);
    expect(bookingsOf({ ...change, ...(item && { previous: item }) })).toEqual([]);
  });

  it('and of which a report said that it is none leaves that to the other one, which may be dismissed for it', () => {
    const noReceipt = { why: 'Nobody paid.', entryId: 'ent_2', at };
    const flagged = byBank({
      noReceipt,
      handled: true,
      exception: { reason: 'DUPLICATE', since: at, note: 'Nobody paid.' },
    });
    const { into } = mergeReceipts({ from: flagged, into: byHand }, step);
    expect(into).toMatchObject({ noReceipt, handled: true, exception: { reason: 'DUPLICATE', note: 'Nobody paid.' } });
    expect(receiptState(dismissReceipt(into, { reason: '自有资金' }, step))).toBe('DISMISSED');
  });

  it('stood as it was on the days before', () => {
    const { from } = mergeReceipts({ from: byHand, into: byBank() }, { ...step, date: '2026-03-05' });
    const none = { matches: [], refunds: [] };
    expect(moneyAsOf(from, none, '2026-03-04')).toMatchObject([{ unapplied: 100_000n }]);
    expect(moneyAsOf(from, none, '2026-03-05')).toEqual([]);
  });

  it('of which a part was dismissed stood as it was on the days before that', () => {
    const dismissed = dismissReceipt(byHand, { amount: 40_000n, reason: '录入错误' }, { ...step, date: '2026-03-05' });
    const none = { matches: [], refunds: [] };
    expect(moneyAsOf(dismissed, none, '2026-03-04')).toMatchObject([{ unapplied: 100_000n }]);
    expect(moneyAsOf(dismissed, none, '2026-03-05')).toMatchObject([{ unapplied: 60_000n }]);
    expect([receiptState(dismissed), unappliedOf(dismissed)]).toEqual(['OPEN', 60_000n]);
    const again = reopenReceipt(dismissed, '核实为货款', { ...step, date: '2026-03-07' });
    expect(moneyAsOf(again, none, '2026-03-06')).toMatchObject([{ unapplied: 60_000n }]);
    expect(moneyAsOf(again, none, '2026-03-07')).toMatchObject([{ unapplied: 100_000n }]);
    expect(isSameMoney(again, byBank())).toBe(true);
    expect(refusal(() => reopenReceipt(again, '核实为货款', step))).toBe('receivables/receipt-not-dismissed');
  });

  it.each([
    ['into itself', {}, byHand, 'receivables/merge-with-itself'],
    ['that was merged', { merged: intoAnother }, byBank(), 'receivables/receipt-merged'],
    ['into one that was', {}, byBank({ merged: intoAnother }), 'receivables/receipt-merged'],
    ['of another amount', { amount: 100_001n }, byBank(), 'receivables/merge-differs'],
    ['of another currency', { currency: 'USD' as const }, byBank(), 'receivables/merge-differs'],
    ['of another entity', { legalEntity: '别家' }, byBank(), 'receivables/merge-differs'],
    ['that a bank told, into another of a bank', { sources: [told] }, byBank(), 'receivables/merge-differs'],
    ['of another day', {}, byBank({ paidOn: '2026-05-02' }), 'receivables/merge-differs'],
    ['of which some pays an invoice', { allocated: 1n }, byBank(), 'receivables/receipt-used'],
    ['of which some is on account', { onAccount: 1n }, byBank(), 'receivables/receipt-used'],
    ['of which some went back', { refunded: 1n }, byBank(), 'receivables/receipt-used'],
  ])('is refused: one %s', (_, more, into, code) => {
    expect(refusal(() => mergeReceipts({ from: { ...byHand, ...more }, into }, step))).toBe(code);
  });

  it.each([
    ['told by hand and by a bank', {}, true],
    ['three days apart', { paidOn: '2026-03-05' }, true],
    ['four days apart', { paidOn: '2026-03-06' }, false],
    ['both told by hand', { sources: byHand.sources }, false],
    ['one told by hand, the other by both', { sources: [...byHand.sources, told] }, false],
    ['of another amount', { amount: 1n }, false],
    ['of another payer’s account', { payer: { accountKey: 'other' } }, false],
    ['merged', { merged: intoAnother }, false],
  ])('is suggested where it may be the same money: %s', (_, more, expected) => {
    const one = { ...byHand, payer: { accountKey: 'key of 5123' } };
    expect(isSameMoney(one, byBank(more))).toBe(expected);
  });
});
