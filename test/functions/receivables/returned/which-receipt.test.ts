import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../../functions/receivables/receipts/receipt.ts';
import {
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
const partsOf = (...ids: readonly string[]) => ({ parts: ids.map((receiptId) => ({ receiptId, amount: 100_000n })) });

/** Amounts in fen; receipts are of 1,000.00 on 2026-03-02 unless told. */
describe('which receipt a bank took back', () => {
  it('is the one with the bank’s reference, before the end-to-end reference and the amount', () => {
    const byEndToEnd = [candidate('rcp_2')];
    const byAmount = [candidate('rcp_3')];
    expect(found({ byBank: [candidate('rcp_1')], byEndToEnd, byAmount })).toEqual(partsOf('rcp_1'));
    expect(found({ byEndToEnd, byAmount })).toEqual(partsOf('rcp_2'));
    expect(found({ byAmount })).toEqual(partsOf('rcp_3'));
    expect(found({})).toEqual({ reason: 'NO_RECEIPT' });
  });

  it('is, of several with the bank’s reference, the one that the end-to-end reference or else the amount tells', () => {
    const [one, other] = [candidate('rcp_1'), candidate('rcp_2')];
    expect(found({ byBank: [one, other], byEndToEnd: [other] })).toEqual(partsOf('rcp_2'));
    expect(found({ byBank: [candidate('rcp_3', { amount: 300_000n }), other] })).toEqual(partsOf('rcp_2'));
    expect(found({ byBank: [one, other] })).toEqual({ reason: 'SEVERAL_RECEIPTS' });
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
    expect(found({ byBank: parts({}, 'crd_2') })).toEqual({ reason: 'RECEIPT_EXCEEDED' });
    expect(found({ byBank: parts({ refunded: 10_000n }) })).toEqual({ reason: 'RECEIPT_EXCEEDED' });
    expect(found({ byBank: parts({ amount: 39_999n }) })).toEqual({ reason: 'RECEIPT_EXCEEDED' });
  });

  it('may lose a part, and no more than has not gone back yet', () => {
    const byBank = [candidate('rcp_1', { refunded: 30_000n })];
    expect(found({ byBank }, { amount: 70_000n })).toEqual({ parts: [{ receiptId: 'rcp_1', amount: 70_000n }] });
    expect(found({ byBank }, { amount: 70_001n })).toEqual({ reason: 'RECEIPT_EXCEEDED' });
  });

  it.each([
    ['paid 30 days before', { paidOn: '2026-03-02' }, partsOf('rcp_1')],
    ['paid 31 days before', { paidOn: '2026-03-01' }, { reason: 'NO_RECEIPT' }],
    ['paid the day after', { paidOn: '2026-04-02' }, { reason: 'NO_RECEIPT' }],
    ['of another account', { payer: { ...payer, accountKey: 'other' } }, { reason: 'NO_RECEIPT' }],
    ['of the name in other characters', { payer: { name: '江南機械廠（有限公司）' } }, partsOf('rcp_1')],
    ['of another name', { payer: { name: '江北机械厂有限公司' } }, { reason: 'NO_RECEIPT' }],
    ['of nobody', { payer: {} }, { reason: 'NO_RECEIPT' }],
  ])('by its amount alone is of the same payer and at most 30 days old: one %s', (_, more, expected) => {
    expect(found({ byAmount: [candidate('rcp_1', more)] })).toEqual(expected);
  });

  it('is not guessed where two of its amount and payer came', () => {
    expect(found({ byAmount: [candidate('rcp_1'), candidate('rcp_2')] })).toEqual({ reason: 'SEVERAL_RECEIPTS' });
  });
});
