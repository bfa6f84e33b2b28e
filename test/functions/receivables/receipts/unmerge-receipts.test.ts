import { describe, expect, it } from 'vitest';
import { bookingsOf } from '../../../../functions/receivables/booking/bookings-of.ts';
import { toEvents } from '../../../../functions/receivables/events.ts';
import { allocateByHand } from '../../../../functions/receivables/matches/allocate-by-hand.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { addSource } from '../../../../functions/receivables/receipts/add-source.ts';
import { mergeReceipts } from '../../../../functions/receivables/receipts/merge-receipts.ts';
import { type Receipt, receiptState, unappliedOf } from '../../../../functions/receivables/receipts/receipt.ts';
import { receiptToPlain } from '../../../../functions/receivables/receipts/receipt-items.ts';
import { unmergeReceipts } from '../../../../functions/receivables/receipts/unmerge-receipts.ts';
import { moneyAsOf } from '../../../../functions/receivables/reports/money-as-of.ts';
import { aReceipt, byId, refusal, step } from '../receipt-samples.ts';
import { at } from '../samples.ts';

const none = { matches: [], refunds: [] };
const told = { kind: 'STATEMENT', id: 'ent_1', at } as const;
const byHand = aReceipt({ texts: ['货款'], exception: { reason: 'DUPLICATE', since: at, assignee: '王芳' } });
const { number: _, ...unnumbered } = aReceipt({ id: 'rcp_bank', sources: [told], payer: {}, cashAccountId: 'acc_1' });
const byBank: Receipt = { ...unnumbered, texts: ['附言'], exception: { reason: 'UNKNOWN_PAYER', since: at } };
const later = { ...step, date: '2026-03-05', at: '2026-03-05T02:00:00.000Z' } as const;
const reason = '认错';

const untold = ({ revision, changedAt, handled, unmerged, exception, suggestions, ...facts }: Receipt) => facts;

describe('a merge that is taken back', () => {
  it.each([
    ['of what was told by hand into what a bank told', byHand, byBank],
    ['of what a bank told into what was told by hand', byBank, byHand],
  ])('leaves both as they were: %s', (_, from, into) => {
    const merged = mergeReceipts({ from, into }, step);
    const back = unmergeReceipts(merged, none, reason, later);
    expect([untold(back.from), untold(back.into)]).toEqual([untold(from), untold(into)]);
    expect(back.from.exception).toEqual({ ...from.exception, since: later.at });
    expect(back.into.exception).toEqual(into.exception);
    expect([unappliedOf(back.from), receiptState(back.from)]).toEqual([100_000n, 'OPEN']);
    expect([back.from.handled, back.into.handled]).toEqual([true, true]);
    expect(back.from.unmerged).toEqual([
      { into: into.id, date: step.date, at, undone: { reason, date: later.date, at: later.at } },
    ]);
  });

  it.each([
    ['goes back to it where it went', byBank, byHand],
    ['stays with it where it stayed', byHand, byBank],
  ])('gives to the one of the bank what reports told since: it %s', (_, from, into) => {
    const merged = mergeReceipts({ from, into }, step);
    const source = { ...told, id: 'ent_2' };
    const { payer: _payer, ...draft } = byBank;
    const says = { ...draft, payer: { accountKey: 'key of 5123' }, texts: ['FP-1'], references: { a: 'b' } };
    const stays = addSource(merged.into, says, source, step) ?? merged.into;
    const back = unmergeReceipts({ from: merged.from, into: stays }, none, reason, later);
    const [hand, bank] = from === byHand ? [back.from, back.into] : [back.into, back.from];
    expect(untold(hand)).toEqual(untold(byHand));
    expect(bank).toMatchObject({ sources: [told, source], texts: ['附言', 'FP-1'], references: { a: 'b' } });
    expect(bank.payer).toEqual({ accountKey: 'key of 5123' });
  });

  it('says of the one that it was said of that it is none, and of the other no more', () => {
    const noReceipt = { why: 'Nobody paid.', entryId: 'ent_2', at };
    const flagged = {
      ...byBank,
      noReceipt,
      exception: { reason: 'DUPLICATE' as const, since: at, note: 'Nobody paid.' },
    };
    const back = unmergeReceipts(mergeReceipts({ from: flagged, into: byHand }, step), none, reason, later);
    expect(back.from).toMatchObject({ noReceipt, exception: { note: 'Nobody paid.' } });
    expect([back.into.noReceipt, back.into.exception]).toEqual([undefined, byHand.exception]);
  });

  it('books once more what the merge turned round, each time under a name of its own', () => {
    const names: string[][] = [];
    let pair = { from: byBank, into: byHand };
    for (const date of ['2026-03-03', '2026-03-04']) {
      const merged = mergeReceipts(pair, { ...step, date });
      const back = unmergeReceipts(merged, none, reason, { ...step, date });
      const item = receiptToPlain(back.from);
      const held = receiptToPlain(merged.from);
      const previous = receiptToPlain(pair.from);
      for (const change of [
        { item: held, previous },
        { item, previous: held },
      ]) {
        const told = { kind: 'MODIFY' as const, ...change };
        const [booking] = bookingsOf(told);
        names.push([...(booking?.name ?? []), ...toEvents(told).map(({ id }) => id)]);
        // What was told by hand lay on the account of the book: it lies there again.
        const [cash, unapplied] = [{ book: 'cash' }, { book: 'unapplied' }];
        const isBack = change.item === item;
        const legs = isBack ? { debit: unapplied, credit: cash } : { debit: cash, credit: unapplied };
        expect(booking?.legs).toEqual([{ ...legs, amount: 100_000n }]);
      }
      pair = back;
    }
    expect(new Set(names.map(String)).size).toBe(4);
    expect(new Set(names.map((one) => String(one.filter((name) => !name.startsWith('evt_'))))).size).toBe(4);
    expect(pair.into.cashAccountId).toBeUndefined();
  });

  it('leaves what stood on the days in between', () => {
    const { from } = unmergeReceipts(mergeReceipts({ from: byHand, into: byBank }, step), none, reason, later);
    const on = (day: '2026-03-01' | '2026-03-02' | '2026-03-04' | '2026-03-05') => moneyAsOf(from, none, day).length;
    expect((['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'] as const).map(on)).toEqual([1, 0, 0, 1]);
  });

  it('is refused while something is used that was not before, and of one that is not merged', () => {
    const merged = mergeReceipts({ from: byHand, into: byBank }, step);
    const use = allocateByHand({ customerId: 'cus_1', invoices: [], onAccount: 100_000n, from: 'UNAPPLIED' });
    const { receipt: into, match } = applyExplanation(merged.into, byId(), use, later);
    const used = () => unmergeReceipts({ from: merged.from, into }, { matches: [match], refunds: [] }, reason, later);
    expect(refusal(used)).toBe('receivables/merge-used');
    const undone = { ...match, undone: { at, reason, cause: step.cause } };
    const open = { ...into, onAccount: 0n };
    expect(
      untold(
        unmergeReceipts({ from: merged.from, into: open }, { matches: [undone], refunds: [] }, reason, later).from,
      ),
    ).toEqual(untold(byHand));
    const gone = { ...merged.into, refunded: 1n };
    expect(refusal(() => unmergeReceipts({ from: merged.from, into: gone }, none, reason, later))).toBe(
      'receivables/merge-used',
    );
    expect(refusal(() => unmergeReceipts({ from: byHand, into: byBank }, none, reason, later))).toBe(
      'receivables/receipt-not-merged',
    );
  });

  it('leaves the matches that stood before', () => {
    const use = allocateByHand({ customerId: 'cus_1', invoices: [], onAccount: 100_000n, from: 'UNAPPLIED' });
    const { receipt: into, match } = applyExplanation(byBank, byId(), use, step);
    const merged = mergeReceipts({ from: byHand, into }, step);
    const back = unmergeReceipts(merged, { matches: [match], refunds: [] }, reason, later);
    expect([back.into.onAccount, back.into.customerId, receiptState(back.into)]).toEqual([
      100_000n,
      'cus_1',
      'MATCHED',
    ]);
  });
});
