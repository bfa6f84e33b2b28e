import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmSlip, refuseSlip } from '../../../functions/settlement/orders/check-slip.ts';
import { createOrder } from '../../../functions/settlement/orders/create-orders.ts';
import { recordPayment } from '../../../functions/settlement/orders/record-payment.ts';
import { at, cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { asked, making, on, ordersOnEngine, paymentOf, type TestOrders, tenant } from './orders-support.ts';

describe.each(engines())('orders that are paid by slips on $kind', (engine) => {
  let own: TestOrders;
  beforeAll(async () => {
    own = await ordersOnEngine(engine);
  });
  afterAll(() => own?.close());

  const pay: TestOrders['pay'] = (...told) => own.pay(...told);

  it('keep a slip with who told it, and need another one to confirm it, also where it came before its order', async () => {
    const told = { at, cause: { ...cause, client: 'teller' } };
    const slip = paymentOf('SLIP-EARLY', { channelId: 'slips' });
    const which = { tenant, no: 'SLIP-EARLY', marketId: 'mkt_chengdu' };
    expect(await recordPayment(own.store, which, slip, told)).toMatchObject({ kept: {} });
    const { order } = await createOrder(own.store, asked('SLIP-EARLY'), making);
    expect(order.slips).toMatchObject([{ toldBy: 'teller', toldAt: at }]);
    await expect(confirmSlip(own.store, { ...which, transactionId: 'SLIP-EARLY' }, told)).rejects.toMatchObject({
      ...{ code: 'settlement/second-person-required', fields: { toldBy: 'teller' } },
    });
    expect((await confirmSlip(own.store, { ...which, transactionId: 'SLIP-EARLY' }, on)).payments).toHaveLength(1);
  });

  it('say which slip is meant where two channels told one with the same number', async () => {
    const which = { tenant, no: 'TWO-SLIPS', transactionId: 'S' };
    await createOrder(own.store, asked('TWO-SLIPS'), making);
    for (const channelId of ['slips', 'counter']) await pay('TWO-SLIPS', paymentOf('S', { channelId, amount: 5_000n }));
    const checker = { at, cause: { ...cause, client: 'checker' } };
    await expect(confirmSlip(own.store, which, checker)).rejects.toMatchObject({
      ...{ code: 'settlement/payment-ambiguous', fields: { channels: ['slips', 'counter'] } },
    });
    const order = await confirmSlip(own.store, { ...which, channelId: 'counter' }, checker);
    expect([order.payments, order.slips]).toMatchObject([[{ channelId: 'counter' }], [{ channelId: 'slips' }]]);
    await expect(confirmSlip(own.store, { ...which, channelId: 'wechat' }, checker)).rejects.toMatchObject({
      code: 'settlement/payment-not-found',
    });
  });

  it('refuse a slip that was found wrong, keep it with why, and take it as it really is', async () => {
    const which = { tenant, no: 'WRONG', transactionId: 'W' };
    await createOrder(own.store, asked('WRONG'), making);
    await pay('WRONG', paymentOf('W', { channelId: 'slips', amount: 9_000n }));
    const checker = { at, cause: { ...cause, client: 'checker' } };
    const order = await refuseSlip(own.store, which, '金额与回单不符', checker);
    expect(order.slips).toMatchObject([{ refused: { at, by: 'checker', reason: '金额与回单不符' } }]);
    expect(await refuseSlip(own.store, which, 'again', on)).toEqual(order);
    await expect(confirmSlip(own.store, which, checker)).rejects.toMatchObject({
      ...{ code: 'settlement/slip-decided', fields: { state: 'REFUSED' } },
    });
    expect(await pay('WRONG', paymentOf('W', { channelId: 'slips', amount: 9_000n }))).toEqual({ order });
    await pay('WRONG', paymentOf('W', { channelId: 'slips' }));
    const paid = await confirmSlip(own.store, which, checker);
    expect(paid.payments).toMatchObject([{ amount: 10_000n }]);
    expect(paid.slips).toMatchObject([{ amount: 9_000n, refused: { by: 'checker' } }]);
    await expect(refuseSlip(own.store, which, 'late', checker)).rejects.toMatchObject({
      ...{ code: 'settlement/slip-decided', fields: { state: 'CONFIRMED' } },
    });
  });

  it('let a slip count once another client has confirmed it', async () => {
    await createOrder(own.store, asked('SLIP'), making);
    await pay('SLIP', paymentOf('L', { channelId: 'slips' }));
    const which = { tenant, no: 'SLIP' };
    await expect(confirmSlip(own.store, { ...which, transactionId: 'L' }, on)).rejects.toMatchObject({
      code: 'settlement/second-person-required',
    });
    const checker = { at, cause: { ...cause, client: 'checker' } };
    const confirmed = await confirmSlip(own.store, { ...which, transactionId: 'L' }, checker);
    expect([confirmed.slips, confirmed.payments.length]).toEqual([[], 1]);
    expect(await confirmSlip(own.store, { ...which, transactionId: 'L' }, checker)).toEqual(confirmed);
    await expect(confirmSlip(own.store, { ...which, transactionId: 'X' }, checker)).rejects.toMatchObject({
      code: 'settlement/payment-not-found',
    });
  });
});
