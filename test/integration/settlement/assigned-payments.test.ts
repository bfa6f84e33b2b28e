import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPayment } from '../../../functions/settlement/orders/record-payment.ts';
import { provingStore } from '../../../functions/settlement/store.ts';
import { paymentIdOf } from '../../../functions/settlement/unassigned/payment-id.ts';
import { assignPayment } from '../../../functions/settlement/unassigned/work-payment.ts';
import { anOrder, aSubOrder } from '../../functions/settlement/orders/samples.ts';
import { cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { prove } from './journal-support.ts';
import { runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** 11:00 in Shanghai on a day of September 2025. */
const on = (day: number) => new Date(`2025-09-${day}T03:00:00.000Z`);
const acting = (day: number) => ({ at: on(day).toISOString(), cause });

describe.each(engines())('a payment that is put on an order of an earlier day on $kind', (engine) => {
  let own: TestRuns;
  let sums: SumMarket;
  const paidOf = (transactionId: string) => ({
    ...{ channelId: 'WECHAT_PAY', transactionId, amount: 9_000n, currency: 'CNY' as const, fee: 0n },
    paidAt: on(26).toISOString(),
  });

  beforeAll(async () => {
    own = await runsOnEngine(engine);
    sums = await SumMarket.open(own, 'mkt_assigned', { aggregate: 'AFTER_SPLIT' });
    // 90.00 by thirds to the potter, the teahouse and the van; not paid on the day that it is made.
    const order = anOrder({
      ...{ tenant, no: 'P-1', marketId: 'mkt_assigned' },
      ...{ createdAt: on(24).toISOString(), changedAt: on(24).toISOString(), payBy: on(30).toISOString() },
      subOrders: [
        aSubOrder({ merchantId: sums.ids.potter, amount: 9_000n, plan: { by: 'RULE', ruleId: sums.rule.id } }),
      ],
    });
    await own.put(order);
    await sums.tell(undefined, order, on(24));
  });
  afterAll(() => own?.close());

  /** Told of under a number that no order has. */
  async function keep(no: string, transactionId: string): Promise<string> {
    await recordPayment(own.store, { tenant, no, marketId: 'mkt_assigned' }, paidOf(transactionId), acting(26));
    const kept = await own.store.readUnassigned(tenant, no, 'mkt_assigned');
    const payment = kept?.payments.find((one) => one.transactionId === transactionId);
    if (!payment) throw new Error(`${transactionId} was not kept.`);
    return paymentIdOf({ orderNo: no, payment });
  }

  it('counts from the day on which it was put there: the market is proved before and behind it', async () => {
    expect(await prove(own, sums.market, on(26))).toMatchObject({
      isBalanced: true,
      orders: 0,
      sums: { received: 0n },
    });
    const paymentId = await keep('p1', 'T-P');
    const before = await own.store.readOrder(tenant, 'P-1');
    const { order } = await assignPayment(
      own.store,
      { tenant, marketId: 'mkt_assigned', paymentId },
      'P-1',
      acting(26),
    );
    await sums.tell(before, order, on(26));

    const proof = await prove(own, sums.market, on(27));
    expect(proof).toMatchObject({ isBalanced: true, from: '2025-09-25', orders: 1 });
    expect(proof.sums).toMatchObject({ received: 9_000n, shares: 9_000n, supervised: 0n });
    // From the first order it is the same, and nothing had come by the end of the 24th and the 25th.
    const anew = await prove(own, sums.market, on(27), { isAnew: true });
    expect([anew.isBalanced, anew.sums]).toEqual([true, proof.sums]);
    const store = provingStore(own.client, own.table);
    const ref = { tenant, marketId: 'mkt_assigned' };
    const { days } = await store.listClosedDays(ref, { from: '2025-09-01', to: '2025-09-30' }, undefined, 9);
    expect(days.map(({ date, closing }) => [date, closing.sums.received])).toEqual([
      ['2025-09-24', 0n],
      ['2025-09-25', 0n],
      ['2025-09-26', 9_000n],
    ]);
  });
});
