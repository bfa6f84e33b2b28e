import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeCollected } from '../../../functions/receivables/collected/acknowledge-collected.ts';
import {
  collectedIdOf,
  collectedState,
  creditedOf,
  differenceOf,
} from '../../../functions/receivables/collected/collected-credit.ts';
import { compareAgain } from '../../../functions/receivables/collected/compare-again.ts';
import { toEvents } from '../../../functions/receivables/events.ts';
import { receiptIdOfOrder } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { engines } from '../../support/engines.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { balances, disagreements, monday, receiptsOn, settle, type TestReceipts, writeBook } from './receipts.ts';
import { claimOf } from './support.ts';
import { orderId, tellingTo } from './telling.ts';

const tenant = 'demo';
const fileId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0M';

/** Credits for whole files of collections, whose orders are the receipts. Amounts in fen. */
describe.each(engines())('a credit, on $kind,', (engine) => {
  let receipts: TestReceipts;
  const logged = keptLog();
  beforeEach(async () => {
    receipts = await receiptsOn(engine);
    await writeBook(receipts);
  });

  const { credit, take, all, collected, reversed } = tellingTo(() => receipts);

  it.each(['messageId', 'paymentInformationId'] as const)(
    'for a whole file of collections, named by its %s, is no receipt',
    async (name) => {
      receipts.files.set(fileId, { orders: 1, currency: 'CNY', settled: 100_000n, returned: 0n });
      await take(collected(100_000n));
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
    receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n, returned: 0n });
    const references = { paymentInformationId: fileId };
    const back = { references, bookingDate: '2026-03-04', bankReference: 'B-2' };
    const again = { references, bookingDate: '2026-03-05', bankReference: 'B-3' };
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

  it('for a file is compared whole where only some of its payments name their order, once', async () => {
    receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n, returned: 0n });
    await take(collected(60_000n));
    const detail = (amount: bigint, references = {}) => ({ amount, currency: 'CNY', references });
    const details = [detail(60_000n, { endToEndId: orderId }), detail(40_000n)];
    const told = { references: { messageId: fileId }, details };
    for (const format of ['camt.054', 'camt.053'] as const) await take(credit(100_000n, { ...told, format }));
    const { listCollected } = receipts.tools.store;
    expect((await listCollected(tenant, 'AGREES', undefined, 9)).page).toMatchObject([
      { credits: [{ amount: 100_000n }] },
    ]);
    expect((await all()).map(({ amount }) => amount)).toEqual([60_000n]);
    // What names all its orders is compared too: the file would seem to have brought too little.
    const next = { ...told, details: [detail(10_000n, { endToEndId: orderId })], bankReference: 'B-2' };
    await take(credit(10_000n, next));
    expect((await listCollected(tenant, 'DIFFERS', undefined, 9)).page.map(creditedOf)).toEqual([110_000n]);
  });

  it('for a file that the bank took back agrees once its orders say so, and needs none where each went back by itself', async () => {
    const bring = (returned: bigint) =>
      receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n, returned });
    const states = async () => {
      const collected = await receipts.tools.store.readCollected(tenant, collectedIdOf(tenant, fileId));
      return collected && [collectedState(collected), differenceOf(collected)];
    };
    const references = { paymentInformationId: fileId };
    bring(30_000n);
    await take(credit(100_000n, { references }));
    expect(await states()).toEqual(['AGREES', 0n]);
    await take(reversed(70_000n, { references, bookingDate: '2026-03-04', bankReference: 'B-2' }));
    expect(await states()).toEqual(['DIFFERS', -40_000n]);
    bring(100_000n);
    await compareAgain(receipts.tools, monday);
    expect(await states()).toEqual(['AGREES', 0n]);
  });

  it('for a file of which the orders brought something else waits, is told once, and agrees when they have', async () => {
    const tools = receipts.tools;
    const bring = (settled: bigint) =>
      receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled, returned: 0n });
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
    expect(logged().join()).toContain('"difference":"1000"');
    bring(100_000n);
    await compareAgain(tools, monday);
    expect(await states()).toEqual([0, 1]);
    expect(await all()).toEqual([]);
  });

  it.each(['AGREES', 'ACKNOWLEDGED'] as const)(
    'for a file that %s is compared again where an order brings more, or gives some back',
    async (state) => {
      const { store } = receipts.tools;
      receipts.orders.set(orderId, { orderId, mandateId: 'man_1', fileIds: ['another', fileId] });
      const bring = (settled: bigint, returned = 0n) =>
        receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled, returned });
      bring(100_000n);
      await take(credit(state === 'AGREES' ? 100_000n : 99_000n, { references: { messageId: fileId } }));
      const collectedId = collectedIdOf(tenant, fileId);
      if (state === 'ACKNOWLEDGED') {
        const asked = { tenant, collectedId, reason: '银行扣手续费' };
        await acknowledgeCollected(receipts.tools, asked, claimOf('acknowledge', 'k1', 'ack_1'));
      }
      await compareAgain(receipts.tools, monday);
      expect((await store.listCollected(tenant, state, undefined, 9)).page.map(({ id }) => id)).toEqual([collectedId]);
      expect(await store.listToCompare(undefined, 9)).toEqual({ collected: [] });
      await settle(receipts);
      bring(120_000n);
      for (let times = 0; times < 2; times++) await take(collected(20_000n));
      await settle(receipts);
      await compareAgain(receipts.tools, monday);
      expect((await store.listCollected(tenant, 'DIFFERS', undefined, 9)).page.map(({ settled }) => settled)).toEqual([
        120_000n,
      ]);
      const told = (await settle(receipts)).flatMap(toEvents).map(({ type }) => type);
      expect(told.filter((type) => type.includes('collected'))).toEqual(['receivables.collected-credit-differs.v1']);
    },
  );

  it('for a file that differs for good waits no more once somebody says why, until more is told of it', async () => {
    receipts.files.set(fileId, { orders: 2, currency: 'CNY', settled: 100_000n, returned: 0n });
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
    await compareAgain(receipts.tools, monday);
    expect(await store.listToCompare(undefined, 9)).toEqual({ collected: [] });
    const told = (await settle(receipts)).flatMap(toEvents).map(({ type }) => type);
    expect(told.filter((type) => type.includes('collected'))).toEqual(['receivables.collected-credit-acknowledged.v1']);
    await expect(acknowledge('k2')).rejects.toMatchObject({ code: 'receivables/collected-credit-state' });
    await take(credit(500n, { references, bankReference: 'B-2' }));
    expect(await stateOf()).toBe('DIFFERS');
    await take(credit(500n, { references, bankReference: 'B-3' }));
    expect(await stateOf()).toBe('AGREES');
    await expect(acknowledge('k3')).rejects.toMatchObject({ code: 'receivables/collected-credit-state' });
  });
});
