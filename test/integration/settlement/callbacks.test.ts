import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackBody, signedText } from '../../../functions/settlement/channels/signed-text.ts';
import { takeCallback } from '../../../functions/settlement/orders/channel-callback.ts';
import { createOrder } from '../../../functions/settlement/orders/create-orders.ts';
import { orderIn } from '../../../functions/settlement/orders/order-shapes.ts';
import { takeKeptPayments } from '../../../functions/settlement/orders/take-kept-payments.ts';
import { unassignedToPlain } from '../../../functions/settlement/orders/unassigned-items.ts';
import { listPaymentsOf } from '../../../functions/settlement/unassigned/list-payments.ts';
import { paymentIdOf } from '../../../functions/settlement/unassigned/payment-id.ts';
import { sendBackPayment } from '../../../functions/settlement/unassigned/work-payment.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { aChannel, aMarket, aMerchant, at, on } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, settlementOnEngine, type TestSettlement } from './support.ts';

const tenant = 'demo';
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

describe.each(engines())('signed callbacks of channels on $kind', (engine) => {
  let own: TestSettlement;
  beforeAll(async () => {
    own = await settlementOnEngine(engine);
    const callbackKeys = [String(publicKey.export({ type: 'spki', format: 'pem' }))];
    const versions = aChannel().versions.map((version) => ({ ...version, maximum: 20_000n }));
    const channels = ['wechat', 'second'].map((id) => aChannel({ id, callbackKeys, versions }));
    await own.store.createMarket(aMarket(), channels, claimOf('createMarket', 'a', 'mkt_chengdu'));
    await own.store.createMerchant(
      aMerchant({ id: 'mer_potter' }),
      claimOf('createMerchant', 'mer_potter', 'mer_potter'),
    );
  });
  afterAll(() => own?.close());

  const placeOf = (channelId = 'wechat') => ({ tenant, marketId: 'mkt_chengdu', channelId });

  function signed(told: CallbackBody): CallbackBody {
    return { ...told, signature: sign('sha256', Buffer.from(String(signedText(told))), privateKey).toString('base64') };
  }

  /** Tells a callback of a channel at the address of another, which is the same unless it is named. */
  const tell = (told: CallbackBody, address = placeOf(), place = address) =>
    takeCallback(own.store, address, signed({ ...told, ...place }), on);

  const payment = (orderNo: string, transactionId: string, more: CallbackBody = {}): CallbackBody => ({
    ...{ orderNo, transactionId, amount: '100.00', currency: 'CNY', paidAt: at },
    ...more,
  });

  function make(no: string) {
    const subOrders = [{ no: '1', merchantId: 'mer_potter', amount: yuan('100.00') }];
    const asked = orderIn.parse({ no, marketId: 'mkt_chengdu', amount: yuan('100.00'), subOrders });
    return createOrder(own.store, asked, { tenant, ...on });
  }

  const keptOf = async (no: string) => (await own.store.readUnassigned(tenant, no, 'mkt_chengdu'))?.payments ?? [];

  it('are kept without what they tell of who paid', async () => {
    const payer = { card: '6222021234567890123', phone: '13812345678' };
    await tell(payment('EARLY', 'E-1', { payer }));
    await tell({ orderNo: 'EARLY', refundNo: 'R-1', result: 'FAILED', payer, bankAccount: '51001881236052509999' });
    const refund = (await keptOf('EARLY'))[1];
    expect(JSON.parse(refund?.content ?? '')).toEqual({ orderNo: 'EARLY', refundNo: 'R-1', result: 'FAILED' });
    await tell(payment('EARLY', 'E-2', { amount: '6222021234567890123' }));
    expect((await keptOf('EARLY'))[2]).toMatchObject({ reason: 'settlement/callback-unreadable' });
    const stored = [...(await own.snapshot()).values()].join();
    for (const number of [payer.card, payer.phone, '51001881236052509999']) expect(stored).not.toContain(number);
  });

  it.each(['2026-02-30T00:00:00Z', '2025-09-31T10:00:00+08:00', '2025-09-26T10:00:00', '2025-09-26', ''])(
    'count on no day where they say that they were paid at "%s"',
    async (paidAt) => {
      const no = `DAY-${paidAt.replace(/[^0-9]/g, '')}`;
      await make(no);
      await tell(payment(no, 'D-1', { paidAt }));
      expect((await own.store.readOrder(tenant, no))?.payments).toEqual([]);
      expect(await keptOf(no)).toMatchObject([{ transactionId: 'D-1', reason: 'settlement/callback-unreadable' }]);
    },
  );

  it('are acknowledged and kept behind a hundred of one number, and taken when its order comes', async () => {
    const numbers = Array.from({ length: 105 }, (_, place) => `M-${100 + place}`);
    for (const transactionId of numbers) await tell(payment('MANY', transactionId, { amount: '1.00' }));
    const last = payment('MANY', 'M-204', { amount: '1.00' });
    await tell(last);
    expect((await keptOf('MANY')).map(({ transactionId }) => transactionId)).toEqual(numbers);
    const listed: string[] = [];
    let page: number | undefined = 0;
    while (page !== undefined) {
      const found = await listPaymentsOf(own.store, placeOf(), { orderNo: 'MANY', page }, at);
      listed.push(...found.payments.map((one) => one.payment.transactionId));
      page = found.next;
    }
    expect(listed).toEqual(numbers);
    const kept = (await keptOf('MANY')).at(-1);
    if (!kept) throw new Error('It was kept.');
    const paymentId = paymentIdOf({ orderNo: 'MANY', payment: kept });
    await sendBackPayment(own.store, { ...placeOf(), paymentId }, '重复付款', on);
    // An order has 20 payments; the others stay, with why.
    const { order } = await make('MANY');
    expect(order.payments.map(({ transactionId }) => transactionId)).toEqual(numbers.slice(0, 20));
    await takeKeptPayments(own.store, new Date(at));
    const left = await keptOf('MANY');
    expect(left.map(({ transactionId }) => transactionId)).toEqual(numbers.slice(20));
    expect(new Set(left.slice(0, -1).map(({ reason }) => reason))).toEqual(new Set(['settlement/too-many-payments']));
    expect(left.at(-1)?.handled).toMatchObject({ as: 'SENT_BACK' });
    await tell(last);
    expect(await keptOf('MANY')).toHaveLength(85);
  });

  it('take as many items as they need, each far below what an item holds', async () => {
    const odd = '\u0001'.repeat(64);
    const more = { amount: odd, currency: odd, fee: odd, payMethod: odd, result: odd };
    for (let no = 0; no < 60; no++) await tell(payment(odd, `${no}`.padEnd(64, '\u0001'), more));
    const { payments = [], pages = [] } = (await own.store.readUnassigned(tenant, odd, 'mkt_chengdu')) ?? {};
    expect(payments).toHaveLength(60);
    const bytes = pages.map((page) => itemBytes(toItem(unassignedToPlain(page))));
    expect(bytes.length).toBeGreaterThan(1);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(192 * 1024);
  });

  it('are kept once however often they are told, however long they are', async () => {
    const told = { orderNo: 'LONG', refundNo: 'R-1', result: 'FAILED', memo: '长'.repeat(2_500) };
    for (const nonce of ['1', '1', '2']) await tell({ ...told, nonce });
    expect(await keptOf('LONG')).toHaveLength(1);
  });

  it('are taken and flagged where the channel says it takes no such payment: the money has come', async () => {
    await make('FLAGGED');
    await tell(payment('FLAGGED', 'F-1', { amount: '500.00', payMethod: '09', paidAt: '2031-01-01T00:00:00.000Z' }));
    const order = await own.store.readOrder(tenant, 'FLAGGED');
    expect(order?.payments).toMatchObject([
      { amount: 50_000n, payMethod: 'SCANNED', flags: ['PAY_METHOD', 'ABOVE_MAXIMUM', 'PAID_IN_FUTURE'], paidAt: at },
    ]);
    // 100 natural days after the day on which it was told.
    expect(order?.subOrders[0]?.splits[0]?.legs).toMatchObject([{ dueOn: '2026-01-04' }]);
    await tell(payment('FLAGGED-EARLY', 'F-2', { amount: '500.00' }));
    expect((await make('FLAGGED-EARLY')).order.payments).toMatchObject([{ flags: ['ABOVE_MAXIMUM'] }]);
  });

  it('count at the address that they were signed for, and nowhere else', async () => {
    await make('HERE');
    const told = payment('HERE', 'H-1');
    await tell(told);
    const before = await own.snapshot();
    await expect(tell(told, placeOf('second'), placeOf('wechat'))).rejects.toMatchObject({
      ...{ code: 'settlement/callback-refused', fields: { reason: 'ADDRESS_WRONG', field: 'channelId' } },
    });
    await expect(takeCallback(own.store, placeOf(), signed(told), on)).rejects.toMatchObject({
      fields: { reason: 'ADDRESS_WRONG', field: 'tenant' },
    });
    expect(await own.snapshot()).toEqual(before);
  });
});
