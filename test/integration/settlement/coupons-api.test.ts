import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrder } from '../../../functions/settlement/orders/order-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';
import { openMarketOfExamples, waitForMorning } from './paid-out-market-support.ts';

describe('orders with coupons through the API', () => {
  let system: System;
  let api: ApiClient;
  const yuan = (amount: string) => ({ amount, currency: 'CNY' });
  const request = createOrder.body;
  const paidAt = '2025-09-26T02:05:00.000Z';

  beforeAll(async () => {
    system = await startInMemory();
    // The run of a day ends what waits: none is to come while this runs.
    await waitForMorning(system);
    api = await signIn(system.url, 'operator');
    await openMarketOfExamples(api);
  });
  afterAll(() => system?.stop());

  it('wait for what the market gives to a coupon, go back whole or not at all, and go on without it when asked', async () => {
    const coupons = [{ id: 'C-1', amount: yuan('10.00'), funders: [{ kind: 'PLATFORM', basisPoints: 10_000 }] }];
    const [subOrder] = request.subOrders;
    const couponed = '/v1/orders/SO-WITHOUT';
    const made = { ...request, no: 'SO-WITHOUT', subOrders: [{ ...subOrder, coupons }] };
    expectSuccess(await api.post('/v1/orders', made, 'w0'));
    const asked = { no: 'RF-WITHOUT', amount: yuan('45.00') };
    expect(await api.post(`${couponed}/cancel-subsidies`, undefined, 'w1')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/order-not-paid', toPay: yuan('90.00') } },
    });
    const told = { channelId: 'wechat', transactionId: 'W', amount: yuan('90.00'), fee: yuan('0.54'), paidAt };
    expectSuccess(await api.post(`${couponed}/payments`, told));
    expect(await system.quiesce()).toBe(true);
    expect(await api.post(`${couponed}/refunds`, asked, 'w2')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/subsidies-owed', left: yuan('90.00'), coupons: ['C-1'] } },
    });
    const waiting = '/v1/markets/mkt_chengdu/waiting-steps';
    const { steps } = expectSuccess(await api.get(waiting)) as { steps: { id: string; orderNo: string }[] };
    const { id } = steps.find(({ orderNo }) => orderNo === 'SO-WITHOUT') ?? { id: '' };
    expect(expectSuccess(await api.post(`${waiting}/${id}/retry`, undefined))).toMatchObject({ id, kind: 'SUBSIDY' });
    expect(await api.post(`${waiting}/stp_none/retry`, undefined)).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/step-not-found' } },
    });
    const without = expectSuccess(await api.post(`${couponed}/cancel-subsidies`, undefined, 'w3'));
    expect([without.state, without.subOrders[0].coupons[0].lapsedAt]).toEqual(['SPLIT', expect.any(String)]);
    const back = expectSuccess(await api.post(`${couponed}/refunds`, asked, 'w4'));
    expect(back.refunds).toMatchObject([{ toConsumer: yuan('45.00'), toFunders: [] }]);
    expect(await system.quiesce()).toBe(true);
  });

  it('wait until the subsidies of their coupons have landed, and are split then', async () => {
    const coupons = [{ id: 'C-1', amount: yuan('10.00'), funders: [{ kind: 'PLATFORM', basisPoints: 10_000 }] }];
    const [subOrder] = request.subOrders;
    const order = { ...request, no: 'SO-COUPON', subOrders: [{ ...subOrder, coupons }] };
    expectSuccess(await api.post('/v1/orders', order, 'c1'));
    const path = '/v1/orders/SO-COUPON';
    const payment = { channelId: 'wechat', transactionId: '90', amount: yuan('90.00'), fee: yuan('0.54'), paidAt };
    expect(expectSuccess(await api.post(`${path}/payments`, payment)).order).toMatchObject({
      ...{ state: 'PAID', money: { supervised: yuan('89.46') } },
    });
    expect(await system.quiesce()).toBe(true);
    expect(expectSuccess(await api.get(path)).state).toBe('PAID');
    const treasurer = await signIn(system.url, 'treasurer');
    const bank = { currency: 'CNY', holder: '甲', constraint: { type: 'NONE' } };
    const { id } = expectSuccess(await treasurer.post('/v1/accounts', bank, 'a1'));
    const { own } = expectSuccess(await api.get('/v1/markets/mkt_chengdu')).accounts;
    const legs = [{ debitAccountId: id, creditAccountId: own, amount: yuan('10.00') }];
    expectSuccess(await treasurer.post('/v1/transfers', { legs }, 't1'));
    const { now } = expectSuccess(await api.get('/local/clock'));
    const later = new Date(Date.parse(now) + 16 * 60_000).toISOString();
    await rawCall(system.url, 'POST', '/local/clock', { body: JSON.stringify({ now: later }) });
    expect(await system.quiesce()).toBe(true);
    const landed = expectSuccess(await api.get(path));
    expect(landed).toMatchObject({
      state: 'SPLIT',
      money: { received: yuan('100.00'), shares: yuan('99.46'), fees: yuan('0.54'), supervised: yuan('0.00') },
      // 5 % of the 90.00 that were paid.
      subOrders: [{ splits: [{ legs: [{ amount: yuan('4.50') }, { amount: yuan('94.96') }] }] }],
    });
  });
});
