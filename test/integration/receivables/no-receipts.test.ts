import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { assignException } from '../../../functions/receivables/exceptions/act-on-exception.ts';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import { receiptState, unappliedOf } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { reopenReceipt } from '../../../functions/receivables/receipts/reopen-receipt.ts';
import { sameMoneyAs } from '../../../functions/receivables/receipts/same-money.ts';
import { takeOwnCredit } from '../../../functions/receivables/receipts/take-own-credit.ts';
import { startDaily } from '../../../functions/receivables/runs/start-run.ts';
import { DAY_MS } from '../../../shared/time/durations.ts';
import { refusal, step } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { actByHand } from './by-hand.ts';
import { eachTest } from './each-test.ts';
import {
  balances,
  disagreements,
  hashNumber,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithBook,
  settle,
  theReceipt,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { tellingTo } from './telling.ts';

const tenant = 'demo';

/** Credits that are no new money of a customer. Amounts in fen. */
describe.each(engines())('a credit that nobody newly paid, on $kind', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  const logged = keptLog();

  const { credit, take, all, reversed } = tellingTo(() => receipts);
  const own = { own: 'acc_own', counterparty: { name: '禹道贸易有限公司', account: '6222021234567890123' } };

  it('from an account of our own is no receipt, whichever report tells of it afterwards', async () => {
    for (const event of [credit(100_000n, { ...own, format: 'camt.054' }), credit(100_000n)]) await take(event);
    expect(await all()).toEqual([]);
    expect(logged().join()).toContain('own money is no receipt');
  });

  it('from an account of our own that a customer pays from is a receipt: a company of the group pays', async () => {
    await keepCustomer(receipts, { accountKeys: [hashNumber(own.counterparty.account)] });
    await take(credit(100_000n, own));
    expect((await all()).map(({ amount }) => amount)).toEqual([100_000n]);
  });

  it('from an account of our own is listed, and a receipt once somebody says so', async () => {
    const { store } = receipts.tools;
    const event = credit(100_000n, { ...own, valueDate: '2026-03-02', remittance: '货款' });
    for (let times = 0; times < 2; times++) await take(event);
    const { page } = await store.listOwnCredits(tenant, 'LEFT_OUT', undefined, 9);
    expect(page.map(({ draft: { amount, paidOn, texts } }) => [amount, paidOn, ...texts])).toEqual([
      [100_000n, '2026-03-02', '货款'],
    ]);
    const id = page[0]?.id ?? '';
    for (const key of ['t1', 't1', 't2']) await takeOwnCredit(store, { tenant, id }, claimOf('take', key, id));
    const { at, cause } = claimOf('take', 't1', id);
    expect(await store.readOwnCredit(tenant, id)).toMatchObject({ state: 'TAKEN', taken: { at, cause } });
    await take(event);
    const told = (await settle(receipts)).flatMap(toEvents);
    expect(told.filter(({ type }) => type.includes('recorded'))).toMatchObject([{ subject: id, actor: cause }]);
    expect((await all()).map((receipt) => [receipt.id, receipt.amount])).toEqual([[id, 100_000n]]);
    expect((await store.listOwnCredits(tenant, 'LEFT_OUT', undefined, 9)).page).toEqual([]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    await expect(takeOwnCredit(store, { tenant, id: 'rcp_0' }, claimOf('take', 't3', 'rcp_0'))).rejects.toMatchObject({
      code: 'receivables/own-credit-not-found',
    });
    const receipt = await theReceipt(receipts, { id });
    await actByHand(store, receipt, 'dismiss', step, async (before) => [
      { receipt: { next: dismissReceipt(before, { reason: '自有资金' }, step), before }, invoices: [] },
    ]);
    await settle(receipts);
    expect(receiptState(await theReceipt(receipts, { id }))).toBe('DISMISSED');
    expect(await balances(receipts)).toEqual({});
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('from an account that is recorded with a customer afterwards is a receipt where it is told of again', async () => {
    await take(credit(100_000n, own));
    await keepCustomer(receipts, { accountKeys: [hashNumber(own.counterparty.account)] });
    for (const format of ['camt.054', 'camt.052'] as const) await take(credit(100_000n, { ...own, format }));
    expect((await all()).map(({ amount }) => amount)).toEqual([100_000n]);
    expect((await receipts.tools.store.listOwnCredits(tenant, 'LEFT_OUT', undefined, 9)).page).toEqual([]);
  });

  it.each([
    ['may be a sweep and is only suggested, by the daily run too', '资金归集', [0n, 'AMBIGUOUS', 1]],
    ['pays what it names', 'FP-2026-0001', [100_000n, undefined, 0]],
  ])('from a company of the group %s', async (_, remittance, expected) => {
    await keepCustomer(receipts, { accountKeys: [hashNumber(own.counterparty.account)] });
    await keepInvoices(receipts, { customerId: receipts.customerId });
    await take(credit(100_000n, { ...own, remittance, valueDate: '2026-03-02' }));
    await settle(receipts);
    await startDaily(receipts.tools.store, tenant, monday);
    await settle(receipts);
    const shown = (await all()).map((one) => [one.allocated, one.exception?.reason, one.suggestions.length]);
    expect(shown).toEqual([expected]);
  });

  it('among the payments of a batch leaves the others', async () => {
    const detail = (amount: bigint) => ({ amount, currency: 'CNY', references: {} });
    const event = credit(100_000n, { details: [detail(60_000n), detail(40_000n)] });
    const { details, ...data } = event.data as unknown as { details: object[] };
    const [first, second] = details;
    const told = { ...event, data: { ...data, details: [{ ...first, ownAccountId: 'acc_own' }, second] } };
    await take(told);
    expect((await all()).map(({ amount }) => amount)).toEqual([40_000n]);
  });

  it('that a report which knew less told as a receipt before is for somebody to look at', async () => {
    await take(credit(100_000n));
    await settle(receipts);
    await take(credit(100_000n, { ...own, format: 'camt.054' }));
    const [receipt] = await all();
    expect(receipt).toMatchObject({ exception: { reason: 'DUPLICATE' }, handled: true });
    expect(receipt?.exception?.note).toContain('account of your own');
  });

  it('and is told as a receipt is left by the daily run, and gone once somebody dismisses it', async () => {
    const { store } = receipts.tools;
    await take(credit(100_000n));
    await settle(receipts);
    await take(credit(100_000n, { ...own, format: 'camt.054' }));
    const [flagged] = await all();
    if (!flagged) throw new Error('There is no receipt.');
    await startDaily(store, tenant, monday);
    await settle(receipts);
    expect(await theReceipt(receipts, flagged)).toEqual(flagged);
    const dismissAs = (key: string, amount?: bigint) =>
      actByHand(store, flagged, key, step, async (before) => [
        { receipt: { next: dismissReceipt(before, { amount, reason: '自有资金' }, step), before }, invoices: [] },
      ]);
    await expect(dismissAs('too much', 100_001n)).rejects.toMatchObject({ code: 'receivables/receipt-exceeded' });
    await dismissAs('a part', 60_000n);
    const events = (await settle(receipts)).flatMap(toEvents).filter(({ type }) => type.includes('receipt-'));
    expect(events.map(({ type, data }) => [type, (data as { dismissedNow?: object }).dismissedNow])).toEqual([
      ['receivables.receipt-dismissed.v1', { amount: '600.00', currency: 'CNY' }],
    ]);
    const rest = await theReceipt(receipts, flagged);
    expect([receiptState(rest), unappliedOf(rest), rest.exception?.reason]).toEqual(['OPEN', 40_000n, 'UNKNOWN_PAYER']);
    expect(await balances(receipts)).toEqual({ bank: 40_000n, unapplied: -40_000n });
    expect(await disagreements(receipts)).toEqual([]);
    await dismissAs('the rest');
    await settle(receipts);
    const gone = await theReceipt(receipts, flagged);
    expect([receiptState(gone), gone.exception]).toEqual(['DISMISSED', undefined]);
    expect(await balances(receipts)).toEqual({});
    expect(await disagreements(receipts)).toEqual([]);
    // A report of it that comes once more says nothing new.
    await take(credit(100_000n, { ...own, format: 'camt.052' }));
    expect(await theReceipt(receipts, flagged)).toEqual(gone);
    await expect(dismissAs('again')).rejects.toMatchObject({ code: 'receivables/receipt-exceeded' });
    // It was one after all: it counts again, waits as before, and may be dismissed once more.
    for (let times = 0; times < 2; times++) {
      await actByHand(store, flagged, 'reopen', step, async (before) => [
        { receipt: { next: reopenReceipt(before, '核实为货款', step), before }, invoices: [] },
      ]);
    }
    const told = (await settle(receipts)).flatMap(toEvents).filter(({ type }) => type.includes('reopened'));
    expect(told.map(({ data }) => (data as { reopenedNow: object }).reopenedNow)).toEqual([
      { amount: '1000.00', currency: 'CNY' },
    ]);
    await startDaily(store, tenant, new Date(monday.getTime() + DAY_MS));
    await settle(receipts);
    const again = await theReceipt(receipts, flagged);
    expect([receiptState(again), again.exception?.reason, again.exception?.note]).toEqual([
      ...['OPEN', 'DUPLICATE', again.noReceipt?.why],
    ]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
    await dismissAs('once more');
    await settle(receipts);
    expect(await balances(receipts)).toEqual({});
  });

  it('is not dismissed where a bank tells of it and nobody says that it is none', async () => {
    await take(credit(100_000n));
    const [receipt] = await all();
    expect(refusal(() => receipt && dismissReceipt(receipt, { reason: '自有资金' }, step))).toBe(
      'receivables/receipt-stands',
    );
  });

  it('and was flagged once is not flagged over the words of whoever looked at it', async () => {
    await take(credit(100_000n));
    await take(credit(100_000n, { ...own, format: 'camt.054' }));
    const [flagged] = await all();
    const which = { tenant, receiptId: flagged?.id ?? '' };
    await assignException(receipts.tools.store, which, { assignee: '王芳', note: '正在核实' }, step);
    const before = await all();
    await take(credit(100_000n, { ...own, format: 'camt.054' }));
    expect(await all()).toEqual(before);
  });

  it('that was told by hand before is merged, and stays one whoever tells of it again', async () => {
    const { store } = receipts.tools;
    await keepCustomer(receipts);
    await keepInvoices(receipts, {});
    const byHand = await keepReceipt(receipts, { texts: ['FP-2026-0001'] });
    await store.writeReceiptPointers([{ ...byHand, receiptId: byHand.id, toldBy: 'HAND', names: [] }]);
    await settle(receipts);
    const counterparty = { name: '江南机械厂有限公司' };
    const event = credit(100_000n, { remittance: 'FP-2026-0001', valueDate: '2026-03-02', counterparty });
    await take(event);
    await settle(receipts);
    const id = receiptIdOfCredit(tenant, event.data.creditKey);
    const twice = await theReceipt(receipts, { id });
    expect(twice.exception?.reason).toBe('DUPLICATE');
    expect(await sameMoneyAs(store, twice)).toEqual([byHand.id]);
    const merge = { tenant, receiptId: id, into: byHand.id };
    await expect(
      mergeByHand(store, { ...merge, expectedVersion: twice.revision + 1 }, claimOf('m', 'k0', id), step),
    ).rejects.toMatchObject({ code: 'receivables/version-conflict' });
    for (let times = 0; times < 2; times++) await mergeByHand(store, merge, claimOf('m', 'k1', id), step);
    await take(credit(100_000n, { format: 'camt.054', valueDate: '2026-03-02' }));
    await settle(receipts);
    const stays = await theReceipt(receipts, byHand);
    expect(stays.sources.map(({ kind }) => kind)).toEqual(['BY_HAND', 'STATEMENT', 'STATEMENT']);
    expect([stays.allocated, (await theReceipt(receipts, { id })).exception]).toEqual([100_000n, undefined]);
    expect((await store.listExceptions(tenant, undefined, { count: 9 })).receipts).toEqual([]);
    // It lies where the bank says, not on the cash account of the book.
    expect(await balances(receipts)).toEqual({ bank: 100_000n, revenue: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
    // What the bank takes back of the one that was merged, it takes back of the one that stays.
    await take(reversed(100_000n, { bookingDate: '2026-03-04' }));
    await settle(receipts);
    expect((await theReceipt(receipts, byHand)).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });
});
