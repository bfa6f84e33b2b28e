import { beforeEach, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { unmergeByHand } from '../../../functions/receivables/receipts/unmerge-by-hand.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import {
  balances,
  disagreements,
  keepReceipt,
  receiptsWithBook,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { type Told, tellerOf } from './telling.ts';

const tenant = 'demo';
const later = { ...step, at: '2026-03-05T02:00:00.000Z', date: '2026-03-05' } as const;

/** 1,000.00 were told by hand and by a bank, and merged; they were two payments after all. Amounts in fen. */
describe.each(engines())('a receipt that was merged, on $kind,', (engine) => {
  let receipts: TestReceipts;
  let hand: Receipt;
  let bankId = '';
  quietLog();

  const credit = (told: Told = {}) => tellerOf(receipts).credit(100_000n, { valueDate: '2026-03-02', ...told });
  const unmerge = (key: string, receiptId: string) => {
    const asked = { tenant, receiptId, reason: '客户付了两次' };
    return unmergeByHand(receipts.tools.store, asked, claimOf('unmerge', key, receiptId), later);
  };
  const merge = async (receiptId: string, into: string) => {
    await mergeByHand(receipts.tools.store, { tenant, receiptId, into }, claimOf('merge', 'm1', receiptId), step);
    await settle(receipts);
  };

  beforeEach(async () => {
    receipts = await receiptsWithBook(engine);
    hand = await keepReceipt(receipts, { payer: {} });
    await receipts.tools.store.writeReceiptPointers([{ ...hand, receiptId: hand.id, toldBy: 'HAND', names: [] }]);
    const event = credit();
    await tellerOf(receipts).take(event);
    await settle(receipts);
    bankId = receiptIdOfCredit(tenant, event.data.creditKey);
  });

  it('counts again, and lies where it lay, once per key and whoever is faster', async () => {
    const before = await balances(receipts);
    expect(before).toEqual({ bank: 100_000n, cash: 100_000n, unapplied: -200_000n });
    await merge(bankId, hand.id);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    await Promise.all([unmerge('k1', bankId), unmerge('k1', bankId)]);
    const told = (await settle(receipts)).flatMap(toEvents).map(({ type }) => type);
    expect(told.filter((type) => type.includes('merged'))).toEqual(['receivables.receipt-unmerged.v1']);
    expect(await balances(receipts)).toEqual(before);
    expect(await disagreements(receipts)).toEqual([]);
    const [one, other] = [await theReceipt(receipts, hand), await theReceipt(receipts, { id: bankId })];
    expect([one, other].map(({ sources, cashAccountId }) => [sources[0]?.kind, sources.length, cashAccountId])).toEqual(
      [
        ['BY_HAND', 1, undefined],
        ['STATEMENT', 1, receipts.accounts.bank],
      ],
    );
    await expect(unmerge('k2', bankId)).rejects.toMatchObject({ code: 'receivables/receipt-not-merged' });
  });

  it('has taken off it what the bank takes back afterwards', async () => {
    await merge(bankId, hand.id);
    await unmerge('k1', bankId);
    await settle(receipts);
    await tellerOf(receipts).take(tellerOf(receipts).reversed(100_000n, { bookingDate: '2026-03-06' }));
    await settle(receipts);
    expect((await theReceipt(receipts, { id: bankId })).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('stays merged where the bank has taken the money back since', async () => {
    await merge(bankId, hand.id);
    await tellerOf(receipts).take(tellerOf(receipts).reversed(100_000n, { bookingDate: '2026-03-04' }));
    await settle(receipts);
    await expect(unmerge('k1', bankId)).rejects.toMatchObject({
      code: 'receivables/merge-used',
      fields: { usedBy: [{ amount: { amount: '1000.00', currency: 'CNY' } }] },
    });
    expect(await disagreements(receipts)).toEqual([]);
  });
});
