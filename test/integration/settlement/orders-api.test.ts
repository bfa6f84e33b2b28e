import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedText } from '../../../functions/settlement/channels/signed-text.ts';
import * as examples from '../../../functions/settlement/orders/order-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { parseAmount } from '../../../shared/money/amount.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';
import { openMarketOfExamples, waitForMorning } from './paid-out-market-support.ts';

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('orders through the API', () => {
  let system: System;
  let api: ApiClient;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const yuan = (amount: string) => ({ amount, currency: 'CNY' });
  const request = examples.createOrder.body;
  const { no } = request;
  const orderPath = `/v1/orders/${no}`;
  const paidAt = '2025-09-26T02:05:00.000Z';

  beforeAll(async () => {
    system = await startInMemory();
    // The run of a day ends what waits: none is to come while this runs.
    await waitForMorning(system);
    api = await signIn(system.url, 'operator');
    await openMarketOfExamples(api, { callbackKeys: [publicKey.export({ type: 'spki', format: 'pem' })] });
    const offline = { kind: 'OFFLINE', payMethods: ['OFFLINE'], versions: [{ effectiveFrom: '2025-01-01' }] };
    expectSuccess(await api.put('/v1/markets/mkt_chengdu/channels/slips', offline));
  });
  afterAll(() => system?.stop());

  const call = (told: Record<string, string>, key = privateKey, channel = 'wechat') => {
    const body = { ...told, tenant: 'demo', marketId: 'mkt_chengdu', channelId: channel };
    const signature = sign('sha256', Buffer.from(String(signedText(body))), key).toString('base64');
    const path = `/v1/channel-callbacks/demo/mkt_chengdu/${channel}`;
    return rawCall(system.url, 'POST', path, { body: JSON.stringify({ ...body, signature }) });
  };

  /** Streams and queues are drained. */
  const settle = () => rawCall(system.url, 'POST', '/local/quiesce');

  /** What is owed to a merchant, minor units. */
  async function balanceOf(merchantId: string): Promise<bigint> {
    const { payableAccountId } = expectSuccess(await api.get(`/v1/merchants/${merchantId}`));
    const treasurer = await signIn(system.url, 'treasurer');
    const { posted } = expectSuccess(await treasurer.get(`/v1/accounts/${payableAccountId}/balance`));
    return parseAmount(posted.amount, 'CNY');
  }

  it('begin unpaid; the same again is the same order, other content under its number is refused', async () => {
    const made = await api.post('/v1/orders', request, 'o1');
    const { createdAt, payBy, changedAt, history } = expectSuccess(made);
    const shown = { ...examples.createOrder.response, createdAt, payBy, changedAt, history };
    expect(made).toEqual({ status: 201, body: shown });
    expect(Date.parse(payBy) - Date.parse(createdAt)).toBe(30 * 60_000);
    expect(await api.post('/v1/orders', request, 'o1')).toEqual(made);
    expect(await api.post('/v1/orders', request, 'o2')).toEqual({ status: 200, body: made.body });
    const other = { ...request, references: { storeId: '7' } };
    expect(await api.post('/v1/orders', other, 'o3')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/order-number-used', errors: [{ pointer: '/no' }] } },
    });
    expect(await api.post('/v1/orders', other, 'o1')).toMatchObject({ status: 422 });
  });

  it('are accepted and refused line by line in a batch', async () => {
    const batch = expectSuccess(await api.post('/v1/orders/batch', examples.createOrders.body, 'b1'));
    expect(batch).toEqual(examples.createOrders.response);
    const again = expectSuccess(await api.post('/v1/orders/batch', examples.createOrders.body, 'b1'));
    expect(again.lines[0]).toEqual({ line: 0, no: 'SO-2025-000002', outcome: 'REPLAYED' });
    expect(await api.get('/v1/orders/SO-2025-000003')).toMatchObject({ status: 404 });
  });

  it('are paid and split at once by terms that count from the payment, however often it is told', async () => {
    const paid = expectSuccess(await api.post(`${orderPath}/payments`, examples.payOrder.body));
    const [split] = paid.order.subOrders[0].splits;
    const legs = examples.getOrder.response.subOrders[0]?.splits[0]?.legs.map((leg) => ({
      ...leg,
      dueOn: '2025-09-29',
    }));
    expect(split.legs).toEqual(legs);
    expect(paid.order.money).toEqual(examples.getOrder.response.money);
    expect(paid.order.state).toBe('SPLIT');
    expect(expectSuccess(await api.post(`${orderPath}/payments`, examples.payOrder.body))).toEqual(paid);
    const { body } = await call({ orderNo: no, transactionId: '4200001', amount: '100.00', currency: 'CNY', paidAt });
    expect(body).toEqual(examples.tellChannelCallback.response);
    expect(expectSuccess(await api.get(orderPath))).toEqual(paid.order);
    const other = { ...examples.payOrder.body, amount: yuan('90.00') };
    expect(await api.post(`${orderPath}/payments`, other)).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/payment-differs' } },
    });
    expectSuccess(await api.post(`${orderPath}/confirm`, {}, 'k1'));
  });

  it('take what channels call back with, keep what names no order, and take it when the order comes', async () => {
    const early = { orderNo: 'SO-EARLY', transactionId: '43', amount: '100.00', currency: 'CNY', paidAt };
    expect(await call(early)).toMatchObject({ status: 200, body: { code: 'SUCCESS' } });
    expect(await call(early)).toMatchObject({ status: 200 });
    expect(
      await call({ orderNo: no, transactionId: '4200001', amount: '7.00', currency: 'CNY', paidAt }),
    ).toMatchObject({
      ...{ status: 200, body: { code: 'SUCCESS' } },
    });
    const path = '/v1/markets/mkt_chengdu/unassigned-payments';
    const kept = expectSuccess(await api.get(path)).payments as { orderNo: string; reason: string }[];
    expect(kept.map(({ orderNo, reason }) => [orderNo, reason])).toEqual([
      [no, 'settlement/payment-differs'],
      ['SO-EARLY', 'settlement/order-not-found'],
    ]);
    const made = expectSuccess(await api.post('/v1/orders', { ...request, no: 'SO-EARLY' }, 'e1'));
    expect([made.state, made.money.received]).toEqual(['SPLIT', yuan('100.00')]);
    const left = expectSuccess(await api.get(path)).payments as { orderNo: string }[];
    expect(left.map(({ orderNo }) => orderNo)).toEqual([no]);
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    expect(await call(early, stranger.privateKey)).toMatchObject({
      ...{ status: 403, body: { code: 'settlement/callback-refused' } },
    });
    expect(await call(early, privateKey, 'slips')).toMatchObject({ status: 403 });
    expect(await call({ hello: '1' })).toMatchObject({ status: 200 });
    const all = expectSuccess(await api.get(path)).payments as { reason: string }[];
    expect(all.map(({ reason }) => reason)).toContain('settlement/callback-unreadable');
    expect(await api.post('/v1/orders/SO-NONE/payments', examples.payOrder.body)).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/order-not-found' } },
    });
  });

  it('are split by hand, up to what is unsplit, and the rest is unfrozen', async () => {
    const manual = `/v1/orders/${examples.splitOrder.path.no}`;
    const { body } = examples.splitOrder;
    expect(await api.post(`${manual}/splits`, body, 's0')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/order-not-paid', toPay: yuan('100.00') } },
    });
    const now = new Date().toISOString();
    const part = { channelId: 'wechat', transactionId: '1', amount: yuan('60.00'), fee: yuan('0.36'), paidAt: now };
    const half = expectSuccess(await api.post(`${manual}/payments`, part)).order;
    expect([half.state, half.money.toPay]).toEqual(['PARTLY_PAID', yuan('40.00')]);
    const rest = { ...part, transactionId: '2', amount: yuan('40.00'), fee: yuan('0.24') };
    const paid = expectSuccess(await api.post(`${manual}/payments`, rest)).order;
    expect([paid.state, paid.subOrders[0].unsplit]).toEqual(['PAID', yuan('99.40')]);
    const split = expectSuccess(await api.post(`${manual}/splits`, body, 's1'));
    expect(split.subOrders[0]).toMatchObject({
      unsplit: yuan('79.40'),
      splits: [{ no: 'S-1', legs: [{ receiver: 'mer_teahouse', amount: yuan('20.00') }] }],
    });
    expect(expectSuccess(await api.post(`${manual}/splits`, body, 's2'))).toEqual(split);
    const split2 = (more: object) =>
      api.post(`${manual}/splits`, { ...body, no: 'S-2', ...more }, JSON.stringify(more).slice(0, 80));
    expect(await split2({ receivers: [{ merchantId: 'mer_van', amount: yuan('79.41') }] })).toMatchObject({
      ...{ status: 422, body: { code: 'settlement/above-unsplit', unsplit: yuan('79.40') } },
    });
    expect(await split2({ receivers: [{ merchantId: 'mer_none', amount: yuan('1.00') }] })).toMatchObject({
      status: 404,
      body: { code: 'settlement/merchant-not-found', errors: [{ pointer: '/receivers/0/merchantId' }] },
    });
    expect(await split2({ no: 'S-1', receivers: [{ merchantId: 'mer_van', amount: yuan('1.00') }] })).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/split-number-used' } },
    });
    const done = expectSuccess(await api.post(`${manual}/unfreeze`, {}, 'u1'));
    expect([done.state, done.subOrders[0].splits[1].legs[0]]).toMatchObject([
      'SPLIT',
      { receiver: 'mer_potter', amount: yuan('79.40'), fee: yuan('0.60') },
    ]);
  });

  it('wait for a second person where a slip tells the payment', async () => {
    expectSuccess(await api.post('/v1/orders', { ...request, no: 'SO-SLIP' }, 'l1'));
    const slip = { channelId: 'slips', transactionId: 'SL-1', amount: yuan('100.00'), paidAt };
    const told = expectSuccess(await api.post('/v1/orders/SO-SLIP/payments', slip)).order;
    expect([told.state, told.slips.length]).toEqual(['UNPAID', 1]);
    const path = '/v1/orders/SO-SLIP/payments/SL-1/confirm';
    expect(await api.post(path, undefined)).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/second-person-required' } },
    });
    const approver = await signIn(system.url, 'approver');
    const manual = examples.refuseOrderPayment;
    const order = `/v1/orders/${manual.path.no}`;
    expectSuccess(await api.post(`${order}/payments`, { ...slip, transactionId: manual.path.transactionId }));
    const refusal = `${order}/payments/${manual.path.transactionId}/refuse?channelId=slips`;
    expect(expectSuccess(await approver.post(refusal, manual.body))).toMatchObject({
      slips: [{ refused: { by: 'approver', reason: manual.body.reason } }],
      history: expect.arrayContaining([{ at: expect.any(String), event: 'SLIP_REFUSED', about: '2025092600017' }]),
    });
    expect(expectSuccess(await approver.post(path, undefined))).toMatchObject({ state: 'SPLIT', slips: [] });
  });

  it('are refunded up to what is left, and once per number', async () => {
    await settle();
    const refunds = `${orderPath}/refunds`;
    const asked = expectSuccess(await api.post(refunds, examples.refundOrder.body, 'f1'));
    expect(asked.refunds).toMatchObject([
      { no: 'R-1', state: 'ACCEPTED', amount: yuan('50.00'), feeBack: yuan('0.30') },
    ]);
    expect(expectSuccess(await api.post(refunds, examples.refundOrder.body, 'f2'))).toEqual(asked);
    const other = { ...examples.refundOrder.body, amount: yuan('1.00') };
    expect(await api.post(refunds, other, 'f3')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/refund-number-used' } },
    });
    expect(await api.post(refunds, { no: 'R-2', amount: yuan('50.01') }, 'f4')).toMatchObject({
      ...{ status: 422, body: { code: 'settlement/refund-above-left', left: yuan('50.00') } },
    });
    expect(await api.post(refunds, { no: 'R-2', amount: yuan('1.00') })).toMatchObject({ status: 400 });
  });

  it('are refunded as soon as their shares are booked, without waiting for a job', async () => {
    expectSuccess(await api.post('/v1/orders', { ...request, no: 'SO-SOON' }, 'n1'));
    const payment = { ...examples.payOrder.body, transactionId: 'SOON' };
    expectSuccess(await api.post('/v1/orders/SO-SOON/payments', payment));
    const asked = await api.post('/v1/orders/SO-SOON/refunds', { no: 'R-SOON', amount: yuan('100.00') }, 'n2');
    expect(expectSuccess(asked).refunds).toMatchObject([{ state: 'ACCEPTED' }]);
    await settle();
    expect(expectSuccess(await api.get('/v1/orders/SO-SOON')).refunds).toMatchObject([{ state: 'FUNDED' }]);
  });

  it('have their refunds funded by the ledger, and get back what a failed one took', async () => {
    await settle();
    const refunds = `${orderPath}/refunds`;
    expect(expectSuccess(await api.get(orderPath)).refunds).toMatchObject([{ no: 'R-1', state: 'FUNDED' }]);
    const potter = await balanceOf('mer_potter');
    const tell = (refundNo: string, result: string, key: string) =>
      api.post(`${refunds}/${refundNo}/result`, { result }, key);
    expectSuccess(await tell('R-1', 'UNCERTAIN', 'r1'));
    expect(await api.post(refunds, { no: 'R-3', amount: yuan('1.00') }, 'f5')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/refund-uncertain', refundNo: 'R-1' } },
    });
    const done = { orderNo: no, refundNo: 'R-1', result: 'SUCCEEDED' };
    expect(await call(done)).toMatchObject({ status: 200 });
    expect(expectSuccess(await tell('R-1', 'FAILED', 'r2')).refunds).toMatchObject([{ state: 'SUCCEEDED' }]);
    const whole = expectSuccess(await api.post(refunds, { no: 'R-4', amount: yuan('50.00') }, 'f6'));
    expect([whole.state, whole.money.shares, whole.money.fees]).toEqual(['REFUNDING', yuan('0.00'), yuan('0.00')]);
    await settle();
    expect(await balanceOf('mer_potter')).toBe(potter - 4_720n);
    const failed = expectSuccess(await tell('R-4', 'FAILED', 'r3'));
    expect([failed.state, failed.money.shares]).toEqual(['SPLIT', yuan('49.70')]);
    await settle();
    expect(await balanceOf('mer_potter')).toBe(potter);
  });

  it('are held while they are disputed', async () => {
    const disputed = expectSuccess(await api.post(`${orderPath}/dispute`, examples.disputeOrder.body, 'd1'));
    expect([disputed.isDisputed, disputed.disputes]).toMatchObject([
      true,
      [{ reason: examples.disputeOrder.body.reason }],
    ]);
    const over = expectSuccess(await api.post(`${orderPath}/resolve-dispute`, undefined, 'd2'));
    expect(over.isDisputed).toBe(false);
    const auditor = await signIn(system.url, 'auditor');
    expect(expectSuccess(await auditor.get(orderPath))).toEqual(over);
    expect(await auditor.post(`${orderPath}/confirm`, {}, 'x')).toMatchObject({ status: 403 });
    expect(await (await signIn(system.url, 'operator-2')).get(orderPath)).toMatchObject({ status: 404 });
  });
});
