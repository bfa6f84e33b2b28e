import { beforeEach, describe, expect, it } from 'vitest';
import { createReceipt } from '../../../functions/receivables/receipts/create-receipt.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import {
  type ReceiptDraft,
  receiptIdOfCredit,
  receiptIdOfNumber,
} from '../../../functions/receivables/receipts/receipt-draft.ts';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import { at, cause, entity } from '../../functions/receivables/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { receiptsOn, type TestReceipts } from './receipts.ts';
import { claimOf } from './support.ts';
import { tellerOf } from './telling.ts';

const tenant = 'demo';

/** Amounts in fen. */
describe('a receipt that is told by hand', () => {
  let receipts: TestReceipts;
  beforeEach(async () => {
    receipts = await receiptsOn(anEngine());
  });

  const tell = (key: string, more: Partial<ReceiptDraft> = {}, tools = receipts.tools) => {
    const draft = {
      ...{ number: 'SK-1', legalEntity: entity, currency: 'CNY', amount: 100_000n, paidOn: '2026-03-02' },
      ...{ payer: {}, texts: [], references: {}, cashAccountId: receipts.accounts.bank ?? '' },
      ...more,
    };
    const id = receiptIdOfNumber(tenant, draft.number);
    const fingerprint = String(draft.amount);
    return createReceipt(tools, tenant, draft, { operation: 'createReceipt', key, fingerprint, id, at, cause });
  };

  const closed = (): ToldTools => ({
    ...receipts.tools,
    ledger: {
      ...receipts.tools.ledger,
      readAccounts: async (of, ids) => {
        const found = await receipts.tools.ledger.readAccounts(of, ids);
        return new Map([...found].map(([id, account]) => [id, { ...account, status: 'CLOSED' as const }]));
      },
    },
  });

  it('again under another key is the one that is there, and that key stands for this request from then on', async () => {
    const first = await tell('k1');
    expect(await tell('k2')).toEqual(first);
    expect(await tell('k2')).toEqual(first);
    await expect(tell('k2', { number: 'SK-2', amount: 5n })).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
    expect(await receipts.tools.store.readReceipt(tenant, receiptIdOfNumber(tenant, 'SK-2'))).toBeUndefined();
  });

  it('again is the one that is there, though more is known of it from others by now', async () => {
    const first = await tell('k1');
    const event = tellerOf(receipts).credit(100_000n, { remittance: '货款', valueDate: '2026-03-02' });
    await tellerOf(receipts).take(event);
    const bank = receiptIdOfCredit(tenant, event.data.creditKey);
    const { store } = receipts.tools;
    const on = { at, date: '2026-03-02', cause };
    await mergeByHand(store, { tenant, receiptId: bank, into: first.id }, claimOf('mergeReceipt', 'm1', bank), on);
    expect(await tell('k2')).toMatchObject({ id: first.id, texts: ['货款'], revision: 2 });
    await expect(tell('k3', { texts: ['货款'] })).rejects.toMatchObject({ code: 'receivables/receipt-number-taken' });
  });

  it('is answered again after its account was closed; another is refused there', async () => {
    const first = await tell('k1');
    expect(await tell('k1', {}, closed())).toEqual(first);
    expect(await tell('k2', {}, closed())).toEqual(first);
    await expect(tell('k3', { number: 'SK-3' }, closed())).rejects.toMatchObject({ code: 'receivables/cash-account' });
  });

  it('under a number that other money has is refused', async () => {
    await tell('k1');
    await expect(tell('k2', { amount: 5n })).rejects.toMatchObject({ code: 'receivables/receipt-number-taken' });
  });
});
