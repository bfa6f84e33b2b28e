import { beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { askStepNow } from '../../../functions/settlement/orders/booking/ask-step-now.ts';
import type { BookingStep } from '../../../functions/settlement/orders/booking/booking-step.ts';
import { askAgainForSteps, type StepTools } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { stepId } from '../../../functions/settlement/orders/booking/step-id.ts';
import { changeOrder } from '../../../functions/settlement/orders/change-order.ts';
import { createOrder } from '../../../functions/settlement/orders/create-orders.ts';
import type { Order, OrderRefund } from '../../../functions/settlement/orders/order.ts';
import { orderIn } from '../../../functions/settlement/orders/order-shapes.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { recordPayment } from '../../../functions/settlement/orders/record-payment.ts';
import { tellResult, withdrawRefund } from '../../../functions/settlement/orders/refund-result.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { general } from '../../../shared/problems/general.ts';
import { anOrder, aPayment, aSubOrder } from '../../functions/settlement/orders/samples.ts';
import { cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { aMinuteLater, bookingFor, refundNo } from './booking-support.ts';
import { now, tenant } from './journal-support.ts';

const at = now.toISOString();
const channelId = 'WECHAT_PAY';

describe.each(engines())('the money of refunds on $kind', (engine) => {
  const { opened, run, give, refund } = bookingFor(engine);
  let { own, tools, market } = {} as ReturnType<typeof opened>;
  beforeAll(() => {
    ({ own, tools, market } = opened());
  });

  const refundStep = (orderNo: string, kind: 'REFUND' | 'REFUND_BACK' = 'REFUND'): BookingStep => {
    return { tenant, orderNo, kind, about: refundNo(orderNo) };
  };
  const refundOf = async (no: string): Promise<OrderRefund | undefined> =>
    (await own.store.readOrder(tenant, no))?.refunds[0];
  const owed = (merchantId: string) => own.balance(market, `payable ${merchantId}`);

  /** Split by hand into 20.00 to the teahouse, and the rest to the potter. */
  function split(no: string): Order {
    const leg = { fee: 0n, base: 10_000n, dueOn: '2025-09-28', takenBack: 0n };
    const legs = [
      { ...leg, sequence: 1, receiver: 'mer_teahouse', amount: 2_000n, kind: 'FIXED' as const },
      { ...leg, sequence: 2, receiver: 'mer_potter', amount: 8_000n, kind: 'REMAINDER' as const },
    ];
    const subOrders = [aSubOrder({ plan: { by: 'MANUAL' }, splits: [{ no: 'S', at, legs }] })];
    return anOrder({ no, subOrders, payments: [aPayment({ channelId, fee: 0n })] });
  }

  async function refunded(no: string): Promise<void> {
    await own.put(split(no));
    await refund(no, 10_000n, 'MERCHANT_BEARS');
  }

  it('takes a refund once from who gives, whoever asks and however often', async () => {
    await give('mer_potter', 10_000n);
    await refunded('ONCE');
    const before = await owed('mer_potter');
    await Promise.all([run(refundStep('ONCE')), run(refundStep('ONCE'))]);
    await run(refundStep('ONCE'));
    expect(await owed('mer_potter')).toBe(before - 10_000n);
    expect(await refundOf('ONCE')).toMatchObject({ state: 'FUNDED', fundedOn: '2025-09-26' });
  });

  it('waits where a merchant has too little, asks again, and leaves no account below zero', async () => {
    await refunded('SHORT');
    await run(refundStep('SHORT'));
    expect(await refundOf('SHORT')).toMatchObject({ state: 'PENDING_FUNDS' });
    expect(await owed('mer_potter')).toBe(0n);
    // Once more at once, and then a minute later.
    for (let times = 0; times < 2; times += 1) await askAgainForSteps(tools, new RoleAccounts(), now);
    expect(await own.store.readStep(refundStep('SHORT'))).toMatchObject({ attempt: 3, refusals: 2 });
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect(await own.store.readStep(refundStep('SHORT'))).toMatchObject({ attempt: 4, refusals: 3 });
    const listed = (await own.store.listStepsOf(tenant, 'mkt_chengdu', undefined, 10)).steps;
    expect(listed).toMatchObject([{ orderNo: 'SHORT', kind: 'REFUND', since: at, code: 'ledger/condition-not-met' }]);
    await give('mer_potter', 10_001n);
    const which = { tenant, marketId: 'mkt_chengdu', id: stepId(refundStep('SHORT')) };
    await expect(askStepNow(own.store, { ...which, marketId: 'mkt_other' }, aMinuteLater)).rejects.toThrow('waits');
    // Its turn comes two minutes later; who knows that there is more has it asked for now.
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect((await refundOf('SHORT'))?.state).toBe('PENDING_FUNDS');
    const asked = { attempt: 4, askAt: aMinuteLater.toISOString() };
    for (let times = 0; times < 2; times += 1) {
      expect(await askStepNow(own.store, which, aMinuteLater)).toMatchObject({ ...asked, revision: 4 });
    }
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect([(await refundOf('SHORT'))?.state, await owed('mer_potter')]).toEqual(['FUNDED', 1n]);
    const done = { code: 'settlement/step-not-found' };
    await expect(askStepNow(own.store, which, aMinuteLater)).rejects.toMatchObject(done);
    expect(await own.store.listSteps('9999', undefined, 10)).toEqual({ steps: [] });
  });

  it('gives back exactly what it took where the channel failed, once', async () => {
    const fail = async (order: Order) =>
      tellResult(order, refundNo(order.no), 'FAILED', { at, facts: await readPlanFacts(own.store, order) });
    await changeOrder(own.store, { tenant, no: 'SHORT' }, fail, { at, cause });
    await run(refundStep('SHORT', 'REFUND_BACK'));
    await run(refundStep('SHORT', 'REFUND_BACK'));
    expect(await owed('mer_potter')).toBe(10_001n);
    // Told late, that it was accepted means nothing any more.
    await run(refundStep('SHORT'));
    expect(await owed('mer_potter')).toBe(10_001n);
  });

  it('is as if nothing was asked where the ledger could not say', async () => {
    await refunded('SILENT');
    const problem = general.unavailable.with({ detail: 'No answer.' });
    const silent: StepTools = {
      store: own.store,
      ledger: {
        ...own.tools.ledger,
        postTransfers: async (_, orders) => orders.map(() => ({ id: 'x', outcome: 'REFUSED', problem })),
      },
    };
    await expect(run(refundStep('SILENT'), silent)).rejects.toThrow('could not book');
    expect(await refundOf('SILENT')).toMatchObject({ state: 'ACCEPTED' });
    await run(refundStep('SILENT'));
    expect(await refundOf('SILENT')).toMatchObject({ state: 'FUNDED' });
  });

  it('costs one write unit for an order and one for its payment', async () => {
    const subOrders = [{ no: '1', merchantId: 'mer_potter', amount: { amount: '100.00', currency: 'CNY' } }];
    const request = orderIn.parse({ no: 'UNITS', marketId: 'mkt_chengdu', amount: subOrders[0]?.amount, subOrders });
    const meter = meterWrites(own.client);
    await createOrder(own.store, request, { tenant, at, cause });
    expect(meter.report().total).toBe(1);
    const payment = { channelId, transactionId: 'T', amount: 10_000n, currency: 'CNY', paidAt: at };
    await recordPayment(own.store, { tenant, no: 'UNITS' }, payment, { at, cause });
    expect(meter.report().total).toBe(2);
    meter.stop();
    expect((await own.store.readOrder(tenant, 'UNITS'))?.subOrders[0]?.splits.length).toBe(1);
  });

  const withdraw = (no: string, when = at) =>
    changeOrder(
      own.store,
      { tenant, no },
      async (order) => withdrawRefund(order, refundNo(order.no), await readPlanFacts(own.store, order), when),
      { at: when, cause },
    );
  const halfAnHourLater = new Date(now.getTime() + 30 * 60_000);

  it('takes nothing for a refund that was withdrawn while its money was not there', async () => {
    const before = await owed('mer_potter');
    await refunded('WITHDRAWN');
    await give('mer_potter', 9_999n - before);
    await run(refundStep('WITHDRAWN'));
    await withdraw('WITHDRAWN');
    await give('mer_potter', 1n);
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect([await refundOf('WITHDRAWN'), await owed('mer_potter')]).toMatchObject([{ state: 'WITHDRAWN' }, 10_000n]);
    await askAgainForSteps(tools, new RoleAccounts(), halfAnHourLater);
    expect(await own.store.readStep(refundStep('WITHDRAWN'))).not.toHaveProperty('askAt');
  });

  it.each([
    ['is noted', false],
    ['breaks off', true],
  ])('gives back what was taken while the refund was withdrawn, where that %s', async (name, breaksOff) => {
    const no = `RACE-${breaksOff}`;
    const before = await owed('mer_potter');
    await refunded(no);
    const short: StepTools['ledger']['postTransfers'] = async (_, orders) =>
      orders.map(() => ({ id: name, outcome: 'REFUSED', problem: general.malformed.with({ detail: 'Short.' }) }));
    await run(refundStep(no), { store: own.store, ledger: { ...own.tools.ledger, postTransfers: short } });
    let calls = 0;
    const racing: StepTools['ledger']['postTransfers'] = async (...asked) => {
      calls += 1;
      const results = await own.tools.ledger.postTransfers(...asked);
      if (calls === 1) await withdraw(no);
      if (breaksOff) throw new Error('Broken off.');
      return results;
    };
    const taken = run(refundStep(no), { store: own.store, ledger: { ...own.tools.ledger, postTransfers: racing } });
    await (breaksOff ? expect(taken).rejects.toThrow('Broken off.') : taken);
    expect(await owed('mer_potter')).toBe(breaksOff ? before - 10_000n : before);
    await askAgainForSteps(tools, new RoleAccounts(), halfAnHourLater);
    expect([(await refundOf(no))?.state, await owed('mer_potter')]).toEqual(['WITHDRAWN', before]);
  });
});
