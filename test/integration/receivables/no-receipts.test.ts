import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeCollected } from '../../../functions/receivables/collected/acknowledge-collected.ts';
import {
  collectedIdOf,
  collectedState,
  creditedOf,
} from '../../../functions/receivables/collected/collected-credit.ts';
import { compareAgain } from '../../../functions/receivables/collected/compare-again.ts';
import { toEvents } from '../../../functions/receivables/events.ts';
import { assignException } from '../../../functions/receivables/exceptions/act-on-exception.ts';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import { receiptState, unappliedOf } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit, receiptIdOfOrder } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { sameMoneyAs } from '../../../functions/receivables/receipts/same-money.ts';
import { takeOwnCredit } from '../../../functions/receivables/receipts/take-own-credit.ts';
import { startDaily } from '../../../functions/receivables/runs/start-run.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { refusal, step } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { actByHand } from './by-hand.ts';
import {
  balances,
  disagreements,
  hashNumber,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsOn,
  settle,
  type TestReceipts,
  theReceipt,
  writeBook,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { orderId, type Told, tellerOf } from './telling.ts';

const tenant = 'demo';
const fileId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0M';

/** Credits that are no new money of a customer. Amounts in fen. */
describe.each(engines())('a credit that nobody newly paid, on $kind', (engine) => {
  let receipts: TestReceipts;
  let lines: string[] = [];
  beforeAll(() => setLogSink((line) => lines.push(line)));
  beforeEach(async () => {
    lines = [];
    receipts = await receiptsOn(engine);
    await writeBook(receipts);
  });
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));

  const credit = (minor: bigint, told?: Told) => tellerOf(receipts).credit(minor, told);
  const take = (event: DomainEvent) => tellerOf(receipts).take(event);
  const all = async () => (await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 50 })).receipts;
  const own = { own: 'acc_own', counterparty: { name: '禹道贸易有限公司', account: '6222021234567890123' } };

  it('from an account of our own is no receipt, whichever report tells of it afterwards', async () => {
    for (const event of [credit(100_000n, { ...own, format: 'camt.054' }), credit(100_000n)]) await take(event);
    expect(await all()).toEqual([]);
    expect(lines.join()).toContain('own money is no receipt');
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
    await take(event);
    await settle(receipts);
    expect((await all()).map((receipt) => [receipt.id, receipt.amount])).toEqual([[id, 100_000n]]);
    expect((await store.listOwnCredits(tenant, 'LEFT_OUT', undefined, 9)).page).toEqual([]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    await expect(takeOwnCredit(store, { tenant, id: 'rcp_0' }, claimOf('take', 't3', 'rcp_0'))).rejects.toMatchObject({
      code: 'receivables/own-credit-not-found',
    });
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

  it.each(['messageId', 'paymentInformationId'] as const)(
    'for a whole file of collections, named by its %s, is no receipt',
    async (name) => {
      receipts.files.set(fileId, { orders: 1, currency: 'CNY', settled: 100_000n });
      await take(tellerOf(receipts).collected(100_000n));
      const event = credit(100_000n, { references: { [name]: fileId } });
      for (const one of [event, event, credit(100_000n, { format: 'MT942' })]) await take(one);
      expect((await all()).map(({ id }) => id)).toEqual([receiptIdOfOrder(tenant, orderId)]);
      const { page } = await receipts.tools.store.listCollected(tenant, 'AGREES', undefined, 9);
      expect(page).toMatchObject([{ fileId, settled: 100_000n, orders: 1, credits: [{ amount: 100_000n }] }]);
      await settle(receipts);
      expect(await balances(receipts)).toEqual({ clearing: 100_000n, unapplied: -100_000n });
      expect(await disagreements(receipts)).toEqual([]);
    },
  );

  it('for a whole file of collections that the bank took back is no receipt that it took back, but noted, once', async () => {
    receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n });
    const references = { paymentInformationId: fileId };
    const back = { references, bookingDate: '2026-03-04', bankReference: 'B-2' };
    const again = { references, bookingDate: '2026-03-05', bankReference: 'B-3' };
    const { reversed } = tellerOf(receipts);
    for (const event of [credit(100_000n, { references }), reversed(100_000n, back), reversed(100_000n, back)]) {
      await take(event);
    }
    await settle(receipts);
    const { listCollected, listOpenReturned } = receipts.tools.store;
    const noted = { credits: [{ amount: 100_000n }, { amount: -100_000n }] };
    expect((await listCollected(tenant, 'DIFFERS', undefined, 9)).page).toMatchObject([noted]);
    await take(credit(100_000n, again));
    expect((await listCollected(tenant, 'AGREES', undefined, 9)).page.map(creditedOf)).toEqual([100_000n]);
    expect([await listOpenReturned(tenant), await all()]).toEqual([[], []]);
  });

  it('for a file of which the orders brought something else waits, is told once, and agrees when they have', async () => {
    const tools = receipts.tools;
    const bring = (settled: bigint) => receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled });
    const states = async () =>
      Promise.all(
        (['DIFFERS', 'AGREES'] as const).map(
          async (state) => (await tools.store.listCollected(tenant, state, undefined, 9)).page.length,
        ),
      );
    bring(0n);
    const references = { paymentInformationId: fileId };
    for (const bankReference of ['B-1', 'B-2']) await take(credit(50_000n, { references, bankReference }));
    expect(await states()).toEqual([1, 0]);
    bring(99_000n);
    const told: string[] = [];
    for (let times = 0; times < 2; times++) {
      await compareAgain(tools, monday);
      told.push(...(await settle(receipts)).flatMap(toEvents).map(({ type }) => type));
    }
    expect(told.filter((type) => type.includes('collected'))).toEqual(['receivables.collected-credit-differs.v1']);
    expect(lines.join()).toContain('"difference":"1000"');
    bring(100_000n);
    await compareAgain(tools, monday);
    expect(await states()).toEqual([0, 1]);
    expect(await all()).toEqual([]);
  });

  it('for a file that differs for good waits no more once somebody says why, until more is told of it', async () => {
    receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n });
    const references = { paymentInformationId: fileId };
    await take(credit(99_000n, { references }));
    const { store } = receipts.tools;
    const stateOf = async () => {
      const collected = await store.readCollected(tenant, collectedIdOf(tenant, fileId));
      return collected && collectedState(collected);
    };
    const acknowledge = (key: string, reason = '银行扣手续费') => {
      const asked = { tenant, collectedId: collectedIdOf(tenant, fileId), reason };
      return acknowledgeCollected(receipts.tools, asked, claimOf('acknowledge', key, 'ack_1'));
    };
    for (let times = 0; times < 2; times++) await acknowledge('k1');
    expect(await stateOf()).toBe('ACKNOWLEDGED');
    expect(await store.listDiffering(undefined, 9)).toEqual({ collected: [] });
    const told = (await settle(receipts)).flatMap(toEvents).map(({ type }) => type);
    expect(told.filter((type) => type.includes('collected'))).toEqual(['receivables.collected-credit-acknowledged.v1']);
    await expect(acknowledge('k2')).rejects.toMatchObject({ code: 'receivables/collected-credit-state' });
    await take(credit(500n, { references, bankReference: 'B-2' }));
    expect(await stateOf()).toBe('DIFFERS');
    await take(credit(500n, { references, bankReference: 'B-3' }));
    expect(await stateOf()).toBe('AGREES');
    await expect(acknowledge('k3')).rejects.toMatchObject({ code: 'receivables/collected-credit-state' });
  });

  it('that was told by hand before is merged, and stays one whoever tells of it again', async () => {
    const { store } = receipts.tools;
    await keepCustomer(receipts);
    await keepInvoices(receipts, {});
    const byHand = await keepReceipt(receipts, { texts: ['FP-2026-0001'] });
    await store.writeReceiptPointers([{ ...byHand, receiptId: byHand.id, names: [] }]);
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
    await take(tellerOf(receipts).reversed(100_000n, { bookingDate: '2026-03-04' }));
    await settle(receipts);
    expect((await theReceipt(receipts, byHand)).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });
});
