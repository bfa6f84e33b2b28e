import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as channels from '../../../functions/settlement/channels/channel-examples.ts';
import { signedText } from '../../../functions/settlement/channels/signed-text.ts';
import * as markets from '../../../functions/settlement/markets/market-examples.ts';
import * as merchants from '../../../functions/settlement/merchants/merchant-examples.ts';
import * as orders from '../../../functions/settlement/orders/order-examples.ts';
import * as unassigned from '../../../functions/settlement/unassigned/unassigned-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';

/** What channels call back with of orders that there are not, and what is done with it. */
describe('unassigned payments through the API', () => {
  let system: System;
  let api: ApiClient;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const request = orders.createOrder.body;
  const list = '/v1/markets/mkt_chengdu/unassigned-payments';

  beforeAll(async () => {
    system = await startInMemory();
    api = await signIn(system.url, 'operator');
    // Its calendar reaches beyond the day on which this runs.
    expectSuccess(await api.post('/v1/markets', { ...markets.createMarket.body, calendar: 'TARGET' }, 'm'));
    const callbackKeys = [publicKey.export({ type: 'spki', format: 'pem' })];
    const channel = { ...channels.putPayChannel.body, callbackKeys };
    expectSuccess(await api.put('/v1/markets/mkt_chengdu/channels/wechat', channel));
    for (const id of ['mer_teahouse', 'mer_potter']) {
      expectSuccess(await api.post('/v1/merchants', { ...merchants.createMerchant.body, id }, id));
    }
    expectSuccess(await api.post('/v1/orders', request, 'o'));
  });
  afterAll(() => system?.stop());

  const call = (told: Record<string, string>) => {
    const body = { ...told, tenant: 'demo', marketId: 'mkt_chengdu', channelId: 'wechat' };
    const signature = sign('sha256', Buffer.from(String(signedText(body))), privateKey).toString('base64');
    const path = '/v1/channel-callbacks/demo/mkt_chengdu/wechat';
    return rawCall(system.url, 'POST', path, { body: JSON.stringify({ ...body, signature }) });
  };

  it('take payments that named another number, and leave alone what goes back', async () => {
    const { orderNo, transactionId, paidAt } = unassigned.listUnassignedPayments.response.payments[0] ?? {};
    if (!orderNo || !transactionId || !paidAt) throw new Error('The example shows a payment.');
    for (const id of [transactionId, '92']) {
      await call({ orderNo, transactionId: id, amount: '100.00', currency: 'CNY', paidAt });
    }
    const { payments } = expectSuccess(await api.get(`${list}?orderNo=${orderNo}`));
    expect(payments).toMatchObject([
      {
        ...unassigned.listUnassignedPayments.response.payments[0],
        ...{ id: expect.any(String), toldAt: expect.any(String) },
      },
      { transactionId: '92' },
    ]);
    const work = (place: number, verb: string, body: object) => api.post(`${list}/${payments[place].id}/${verb}`, body);
    const assigned = expectSuccess(await work(0, 'assign', unassigned.assignPayment.body));
    expect([assigned.order.state, assigned.payment.handled]).toMatchObject([
      'SPLIT',
      { as: 'ASSIGNED', orderNo: request.no, by: 'operator' },
    ]);
    expect(await work(1, 'dismiss', { reason: 'x' })).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/payment-has-none' } },
    });
    const back = expectSuccess(await work(1, 'send-back', unassigned.sendBackPayment.body));
    expect(back.handled).toMatchObject({ as: 'SENT_BACK', reason: '重复付款', by: 'operator' });
    expect(await work(1, 'assign', unassigned.assignPayment.body)).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/payment-handled', state: 'SENT_BACK' } },
    });
    const open = expectSuccess(await api.get(list)).payments as { orderNo: string }[];
    expect(open.map(({ orderNo }) => orderNo)).not.toContain(orderNo);
    expect(await api.post(`${list}/nothing/assign`, unassigned.assignPayment.body)).toMatchObject({
      ...{ status: 400, body: { code: 'request/malformed' } },
    });
    const auditor = await signIn(system.url, 'auditor');
    expect(await auditor.post(`${list}/${payments[1].id}/send-back`, { reason: 'x' })).toMatchObject({ status: 403 });
  });
});
