import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../../functions/receivables/receipts/receipt.ts';
import {
  type LedBy,
  type ReturnedCandidate,
  type ReturnedCandidates,
  whichReceipt,
} from '../../../../functions/receivables/returned/which-receipt.ts';
import { aReceipt } from '../receipt-samples.ts';

const payer = { name: '江南机械厂有限公司', accountKey: 'key of 5123' };
const wanted = { amount: 100_000n, bookedOn: '2026-04-01', payer };
const candidate = (id: string, more: Partial<Receipt> = {}, creditKey?: string): ReturnedCandidate => ({
  receipt: aReceipt({ id, payer, ...more }),
  ...(creditKey !== undefined && { creditKey }),
});
const found = (more: Partial<ReturnedCandidates>, of = {}) =>
  whichReceipt({ ...wanted, ...of }, { byBank: [], byEndToEnd: [], byAmount: [], ...more });
const unknown = (reason: string, ...candidates: readonly string[]) => ({ reason, candidates });
const partsOf = (...ids: readonly string[]) => ({ parts: ids.map((receiptId) => ({ receiptId, amount: 100_000n })) });

/** Amounts in fen; receipts are of 1,000.00 on 2026-03-02 unless told. */
describe('which receipt a bank took back', () => {
  it('is the one with the bank’s reference, before the end-to-end reference and the amount', () => {
    const byEndToEnd = [candidate('rcp_2')];
    const byAmount = [candidate('rcp_3')];
    expect(found({ byBank: [candidate('rcp_1')], byEndToEnd, byAmount })).toEqual(partsOf('rcp_1'));
    expect(found({ byEndToEnd, byAmount })).toEqual(partsOf('rcp_2'));
    expect(found({ byAmount })).toEqual(partsOf('rcp_3'));
    expect(found({})).toEqual(unknown('NO_RECEIPT'));
  });

  it('is, of several with the bank’s reference, the one that the end-to-end reference or else the amount tells', () => {
    const [one, other] = [candidate('rcp_1'), candidate('rcp_2')];
    expect(found({ byBank: [one, other], byEndToEnd: [other] })).toEqual(partsOf('rcp_2'));
    expect(found({ byBank: [candidate('rcp_3', { amount: 300_000n }), other] })).toEqual(partsOf('rcp_2'));
    expect(found({ byBank: [one, other] })).toEqual(unknown('SEVERAL_RECEIPTS', 'rcp_1', 'rcp_2'));
  });

  it('is all parts of one credit where they add up, and none of them has gone back', () => {
    const parts = (more: Partial<Receipt> = {}, key = 'crd_1') => [
      candidate('rcp_1', { amount: 60_000n }, 'crd_1'),
      candidate('rcp_2', { amount: 40_000n, ...more }, key),
    ];
    expect(found({ byBank: parts() })).toEqual({
      parts: [
        { receiptId: 'rcp_1', amount: 60_000n },
        { receiptId: 'rcp_2', amount: 40_000n },
      ],
    });
    expect(found({ byBank: parts({}, 'crd_2') })).toEqual(unknown('RECEIPT_EXCEEDED', 'rcp_1', 'rcp_2'));
    expect(found({ byBank: parts({ refunded: 10_000n }) })).toEqual(unknown('RECEIPT_EXCEEDED', 'rcp_1', 'rcp_2'));
    expect(found({ byBank: parts({ amount: 39_999n }) })).toEqual(unknown('RECEIPT_EXCEEDED', 'rcp_1', 'rcp_2'));
  });

  it('may lose a part where the end-to-end reference names it, and no more than has not gone back yet', () => {
    const named = [candidate('rcp_1', { refunded: 30_000n })];
    const part = { parts: [{ receiptId: 'rcp_1', amount: 70_000n }] };
    expect(found({ byEndToEnd: named }, { amount: 70_000n })).toEqual(part);
    expect(found({ byBank: named, byEndToEnd: named }, { amount: 70_000n })).toEqual(part);
    expect(found({ byEndToEnd: named }, { amount: 70_001n })).toEqual(unknown('RECEIPT_EXCEEDED', 'rcp_1'));
    expect(found({ byBank: named }, { amount: 70_000n })).toEqual(unknown('DOUBTFUL_RECEIPT', 'rcp_1'));
  });

  it.each([
    ['paid 100 days before', { paidOn: '2025-12-22' }, partsOf('rcp_1')],
    ['paid 101 days before', { paidOn: '2025-12-21' }, unknown('DOUBTFUL_RECEIPT', 'rcp_1')],
    ['paid the day after', { paidOn: '2026-04-02' }, unknown('DOUBTFUL_RECEIPT', 'rcp_1')],
    ['from another account', { payer: { accountKey: 'other' } }, unknown('DOUBTFUL_RECEIPT', 'rcp_1')],
    ['from an account that nobody told', { payer: { name: '江北机械厂有限公司' } }, partsOf('rcp_1')],
  ])('by a reference was paid before, and from no other account: one %s', (_, more, expected) => {
    expect(found({ byBank: [candidate('rcp_1', more)] })).toEqual(expected);
    expect(found({ byEndToEnd: [candidate('rcp_1', more)] })).toEqual(expected);
  });

  it('is the only one of its amount and payer where the bank’s reference is one that it used before', () => {
    const before = candidate('rcp_1', { payer: { accountKey: 'other' }, paidOn: '2024-03-02' });
    expect(found({ byBank: [before], byAmount: [candidate('rcp_2')] })).toEqual(partsOf('rcp_2'));
  });

  it.each([
    ['paid 30 days before', { paidOn: '2026-03-02' }, partsOf('rcp_1')],
    ['paid 31 days before', { paidOn: '2026-03-01' }, unknown('NO_RECEIPT')],
    ['paid the day after', { paidOn: '2026-04-02' }, unknown('NO_RECEIPT')],
    ['of another account', { payer: { ...payer, accountKey: 'other' } }, unknown('NO_RECEIPT')],
    ['of the name in other characters', { payer: { name: '江南機械廠（有限公司）' } }, partsOf('rcp_1')],
    ['of another name', { payer: { name: '江北机械厂有限公司' } }, unknown('NO_RECEIPT')],
    ['of nobody', { payer: {} }, unknown('NO_RECEIPT')],
  ])('by its amount alone is of the same payer and at most 30 days old: one %s', (_, more, expected) => {
    expect(found({ byAmount: [candidate('rcp_1', more)] })).toEqual(expected);
  });

  it('is not known where what leads to it leads to more than were looked through, for they may be it too', () => {
    const [one] = [candidate('rcp_1')];
    const cut = (...by: readonly LedBy[]) => ({ cut: new Set(by) });
    const several = unknown('SEVERAL_RECEIPTS', 'rcp_1');
    expect(found({ byAmount: [one], ...cut('byAmount') })).toEqual(several);
    expect(found({ byEndToEnd: [one], ...cut('byEndToEnd') })).toEqual(several);
    expect(found({ byBank: [one], ...cut('byBank') })).toEqual(several);
    expect(found(cut('byAmount'))).toEqual(unknown('SEVERAL_RECEIPTS'));
    // A reference that leads to it alone is enough.
    expect(found({ byEndToEnd: [one], ...cut('byBank', 'byAmount') })).toEqual(partsOf('rcp_1'));
    expect(found({ byBank: [one], ...cut('byAmount') })).toEqual(partsOf('rcp_1'));
  });

  it('is not guessed where two of its amount and payer came', () => {
    expect(found({ byAmount: [candidate('rcp_1'), candidate('rcp_2')] })).toEqual(
      unknown('SEVERAL_RECEIPTS', 'rcp_1', 'rcp_2'),
    );
  });
});
