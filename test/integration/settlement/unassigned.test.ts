import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrder } from '../../../functions/settlement/orders/create-orders.ts';
import { keepPayment } from '../../../functions/settlement/orders/keep-payment.ts';
import { orderIn } from '../../../functions/settlement/orders/order-shapes.ts';
import { recordPayment } from '../../../functions/settlement/orders/record-payment.ts';
import type { AskedPayment } from '../../../functions/settlement/orders/unassigned.ts';
import { listOpenPayments, listPaymentsOf } from '../../../functions/settlement/unassigned/list-payments.ts';
import { paymentIdOf } from '../../../functions/settlement/unassigned/payment-id.ts';
import {
  assignPayment,
  dismissPayment,
  sendBackPayment,
} from '../../../functions/settlement/unassigned/work-payment.ts';
import { aChannel, aMarket, aMerchant, at, cause, on } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, settlementOnEngine, type TestSettlement } from './support.ts';

const tenant = 'demo';
const marketId = 'mkt_chengdu';
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const paymentOf = (transactionId: string, more: Partial<AskedPayment> = {}): AskedPayment => ({
  ...{ channelId: 'wechat', transactionId, amount: 10_000n, currency: 'CNY', paidAt: at },
  ...more,
});

describe.each(engines())('payments that no order has taken on $kind', (engine) => {
  let own: TestSettlement;
  beforeAll(async () => {
    own = await settlementOnEngine(engine);
    const slips = aChannel({ id: 'slips', kind: 'OFFLINE', told: 'SLIP', payMethods: ['OFFLINE'] });
    await own.store.createMarket(aMarket(), [aChannel(), slips], claimOf('createMarket', 'a', marketId));
    await own.store.createMerchant(aMerchant({ id: 'mer_potter' }), claimOf('createMerchant', 'p', 'mer_potter'));
  });
  afterAll(() => own?.close());

  function make(no: string) {
    const subOrders = [{ no: '1', merchantId: 'mer_potter', amount: yuan('100.00') }];
    return createOrder(own.store, orderIn.parse({ no, marketId, amount: yuan('100.00'), subOrders }), {
      ...{ tenant, ...on },
    });
  }

  const tell = (no: string, payment: AskedPayment) => recordPayment(own.store, { tenant, no, marketId }, payment, on);
  const listOf = async (orderNo: string, page = 0) =>
    (await listPaymentsOf(own.store, { tenant, marketId }, { orderNo, page }, at)).payments;
  const open = async () =>
    (await listOpenPayments(own.store, { tenant, marketId }, { after: undefined, count: 50 }, at)).payments;

  async function idOf(orderNo: string, place = 0): Promise<string> {
    const listed = (await listOf(orderNo))[place];
    if (!listed) throw new Error(`Nothing is kept under ${orderNo}.`);
    return paymentIdOf(listed);
  }

  const named = (paymentId: string) => ({ tenant, marketId, paymentId });
  const paymentsOf = async (no: string) => (await own.store.readOrder(tenant, no))?.payments ?? [];

  it('are listed with why, and with orders that they may be of', async () => {
    await make('SO-77');
    await tell('so-77_2', paymentOf('A-1'));
    const listed = (await open()).find(({ orderNo }) => orderNo === 'so-77_2');
    expect(listed).toMatchObject({
      payment: { reason: 'settlement/order-not-found', toldBy: 'test' },
      suggestions: [{ order: { no: 'SO-77' }, because: ['SIMILAR_NUMBER', 'AMOUNT_TO_PAY'] }],
    });
  });

  it('go to an order once, and are gone from the list; who did it and when stays', async () => {
    const id = await idOf('so-77_2');
    const done = await assignPayment(own.store, named(id), 'SO-77', on);
    expect(done.order.payments).toMatchObject([{ transactionId: 'A-1', amount: 10_000n }]);
    expect(done.order.subOrders[0]?.splits).toHaveLength(1);
    expect(await assignPayment(own.store, named(id), 'SO-77', on)).toEqual(done);
    expect((await open()).map(({ orderNo }) => orderNo)).not.toContain('so-77_2');
    const handled = { as: 'ASSIGNED', orderNo: 'SO-77', at, by: 'test' };
    expect(await listOf('so-77_2')).toMatchObject([{ payment: { handled } }]);
    await make('SO-78');
    await expect(assignPayment(own.store, named(id), 'SO-78', on)).rejects.toMatchObject({
      ...{ code: 'settlement/payment-handled', fields: { state: 'ASSIGNED', orderNo: 'SO-77' } },
    });
    await expect(sendBackPayment(own.store, named(id), '重复付款', on)).rejects.toMatchObject({
      code: 'settlement/payment-handled',
    });
    // The order that it named comes after all, and it is told again.
    await make('so-77_2');
    await expect(tell('so-77_2', paymentOf('A-1'))).rejects.toMatchObject({ code: 'settlement/payment-handled' });
    expect(await paymentsOf('so-77_2')).toEqual([]);
  });

  it('that are sent back are taken by no order any more', async () => {
    await tell('BACK', paymentOf('B-1'));
    const id = await idOf('BACK');
    const done = await sendBackPayment(own.store, named(id), '重复付款', on);
    expect(done.payment.handled).toEqual({ as: 'SENT_BACK', reason: '重复付款', at, by: 'test' });
    expect(await sendBackPayment(own.store, named(id), 'again', on)).toEqual(done);
    await tell('BACK', paymentOf('B-1'));
    expect((await make('BACK')).order.payments).toEqual([]);
    await expect(tell('BACK', paymentOf('B-1'))).rejects.toMatchObject({
      ...{ code: 'settlement/payment-handled', fields: { state: 'SENT_BACK' } },
    });
    await expect(assignPayment(own.store, named(id), 'BACK', on)).rejects.toMatchObject({
      code: 'settlement/payment-handled',
    });
  });

  it('are dismissed only where they are no money of their own', async () => {
    await make('TOLD');
    await tell('TOLD', paymentOf('D-1'));
    const place = { tenant, orderNo: 'TOLD', marketId };
    const differs = { code: 'settlement/payment-differs', detail: 'D-1 was told with 100.00 CNY before.' };
    const other = paymentOf('D-1', { amount: 700n });
    await keepPayment(own.store, place, { ...other, told: other, content: 'x' }, differs, on);
    const id = await idOf('TOLD');
    expect(await listOf('TOLD')).toMatchObject([{ place: { orderNo: 'TOLD' }, suggestions: [] }]);
    await expect(sendBackPayment(own.store, named(id), 'x', on)).rejects.toMatchObject({
      ...{ code: 'settlement/payment-has-place', fields: { orderNo: 'TOLD' } },
    });
    await expect(assignPayment(own.store, named(id), 'SO-78', on)).rejects.toMatchObject({
      code: 'settlement/payment-has-place',
    });
    expect((await dismissPayment(own.store, named(id), '另一通知', on)).payment.handled).toMatchObject({
      as: 'DISMISSED',
    });
    await tell('MONEY', paymentOf('D-2'));
    const money = await idOf('MONEY');
    await expect(dismissPayment(own.store, named(money), 'x', on)).rejects.toMatchObject({
      code: 'settlement/payment-has-none',
    });
    await expect(assignPayment(own.store, named(`${money.slice(0, -1)}x`), 'SO-78', on)).rejects.toMatchObject({
      code: 'settlement/unassigned-payment-not-found',
    });
    const unread = { channelId: 'wechat', transactionId: 'D-3', content: '{}' };
    const reason = { code: 'settlement/callback-unreadable', detail: 'It names no orderNo.' };
    await keepPayment(own.store, { ...place, orderNo: '~0' }, unread, reason, on);
    const unreadId = await idOf('~0');
    await expect(assignPayment(own.store, named(unreadId), 'SO-78', on)).rejects.toMatchObject({
      code: 'settlement/payment-unreadable',
    });
    await dismissPayment(own.store, named(unreadId), '测试', on);
  });

  it('keep their teller where a slip is put on an order', async () => {
    await make('SLIP-TO');
    const teller = { at, cause: { ...cause, client: 'teller' } };
    await recordPayment(own.store, { tenant, no: 'SLIP-OF', marketId }, paymentOf('S', { channelId: 'slips' }), teller);
    const { order } = await assignPayment(own.store, named(await idOf('SLIP-OF')), 'SLIP-TO', on);
    expect([order.payments, order.slips]).toMatchObject([[], [{ toldBy: 'teller' }]]);
  });

  /** A store that lets something happen behind the first answer of one of its reads. */
  function behind(read: 'readUnassigned' | 'readOrder', happens: () => Promise<unknown>): TestSettlement['store'] {
    let isFirst = true;
    const answer = async (...asked: [string, string, string]) => {
      const found = await own.store[read](...asked);
      if (isFirst) {
        isFirst = false;
        await happens();
      }
      return found;
    };
    return { ...own.store, [read]: answer };
  }

  /** An order whose maker broke off before it took what was kept for it. */
  async function makeOnly(no: string): Promise<void> {
    const { order } = await make(`${no}-MODEL`);
    await own.store.writeOrder({ ...order, no });
  }

  it('are not taken by an order that saw them before they were sent back', async () => {
    await tell('SEEN', paymentOf('S-1'));
    await makeOnly('SEEN');
    const id = await idOf('SEEN');
    const seen = behind('readUnassigned', () => sendBackPayment(own.store, named(id), '重复付款', on));
    const which = { tenant, no: 'SEEN', marketId };
    await expect(recordPayment(seen, which, paymentOf('S-1'), on)).rejects.toMatchObject({
      ...{ code: 'settlement/payment-handled', fields: { state: 'SENT_BACK' } },
    });
    expect(await paymentsOf('SEEN')).toEqual([]);
  });

  it('are not taken by an order that comes while they are put on another', async () => {
    await tell('COMES', paymentOf('C-1'));
    await make('COMES-TO');
    const id = await idOf('COMES');
    const late = behind('readOrder', () => makeOnly('COMES'));
    expect((await assignPayment(late, named(id), 'COMES-TO', on)).order.payments).toHaveLength(1);
    // It was looked at again, and moved on: who was about to change it has to look again too.
    expect(await own.store.readOrder(tenant, 'COMES')).toMatchObject({ revision: 2, payments: [] });
  });

  it('are in one place whoever works on two tellings of one, however many were kept between these', async () => {
    const others = Array.from({ length: 95 }, (_, place) => paymentOf(`O-${place}`));
    const first = ['1', '2', '3', '4', '5'].map((no) => paymentOf(`T-${no}`));
    for (const payment of [...first, ...others]) await tell('PAGES', payment);
    await make('PAGES-TO');
    for (const [place, payment] of first.entries()) {
      await tell('PAGES', { ...payment, amount: 10_001n });
      const [one, other] = [(await listOf('PAGES'))[place], (await listOf('PAGES', 1)).at(-1)];
      expect(other?.payment.transactionId).toBe(one?.payment.transactionId);
      if (!one || !other) throw new Error('Both are kept.');
      await Promise.allSettled([
        assignPayment(own.store, named(paymentIdOf(one)), 'PAGES-TO', on),
        sendBackPayment(own.store, named(paymentIdOf(other)), '重复付款', on),
      ]);
      const all = [...(await listOf('PAGES')), ...(await listOf('PAGES', 1))];
      const handled = all.filter((kept) => kept.payment.transactionId === payment.transactionId);
      expect(handled.flatMap((kept) => kept.payment.handled ?? [])).toHaveLength(1);
    }
  });

  it('are in one place though another telling was handled after its page was read', async () => {
    const telling = (amount: bigint) => paymentOf('SKEW', { amount });
    const fill = (from: number) => Array.from({ length: 99 }, (_, place) => paymentOf(`S-${from + place}`));
    for (const payment of [paymentOf('S-0'), ...fill(1)]) await tell('SKEWED', payment);
    for (const payment of [telling(10_001n), ...fill(100), telling(10_002n)]) await tell('SKEWED', payment);
    const [one, other] = [(await listOf('SKEWED', 1))[0], (await listOf('SKEWED', 2))[0]];
    if (!one || !other) throw new Error('Both are kept.');
    const before = await own.store.readUnassigned(tenant, 'SKEWED', marketId);
    await sendBackPayment(own.store, named(paymentIdOf(one)), '重复付款', on);
    let reads = 0;
    // The first page as it stands, the second as it was: a query may show them so.
    const skewed: typeof own.store = {
      ...own.store,
      readUnassigned: async (...which) => {
        const now = await own.store.readUnassigned(...which);
        reads += 1;
        if (reads > 1 || !now || !before) return now;
        const pages = now.pages.map((page, place) => (place === 1 ? (before.pages[1] ?? page) : page));
        return { ...now, pages, payments: pages.flatMap(({ payments }) => payments) };
      },
    };
    await expect(sendBackPayment(skewed, named(paymentIdOf(other)), '重复付款', on)).rejects.toMatchObject({
      code: 'settlement/payment-has-place',
    });
    expect(reads).toBe(2);
  });

  it('are in one place whoever works on them at the same time, while their order comes and they are told again', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [no, to] = [`RACE-${round}`, `RACE-TO-${round}`];
      const payment = paymentOf(`R-${round}`);
      await make(to);
      await tell(no, payment);
      const id = await idOf(no);
      const made = make(no);
      await Promise.allSettled([
        made,
        assignPayment(own.store, named(id), to, on),
        sendBackPayment(own.store, named(id), '重复付款', on),
        tell(no, payment),
        made.then(() => tell(no, payment)),
      ]);
      const handled = (await own.store.readUnassigned(tenant, no, marketId))?.payments.flatMap(
        (one) => one.handled ?? [],
      );
      const onOrders = [...(await paymentsOf(no)), ...(await paymentsOf(to))];
      const sentBack = (handled ?? []).filter(({ as }) => as === 'SENT_BACK');
      expect(onOrders.length + sentBack.length).toBe(1);
    }
  });
});
