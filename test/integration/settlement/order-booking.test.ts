import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { BookingStep } from '../../../functions/settlement/orders/booking/booking-step.ts';
import {
  askAgainForSteps,
  carryOutStep,
  type StepTools,
} from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { changeOrder } from '../../../functions/settlement/orders/change-order.ts';
import { createOrder } from '../../../functions/settlement/orders/create-orders.ts';
import { acceptRefund } from '../../../functions/settlement/orders/decide-refund.ts';
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
import { journalOnEngine, now, type TestJournal, tenant } from './journal-support.ts';

const at = now.toISOString();
const channelId = 'WECHAT_PAY';
const aMinuteLater = new Date(now.getTime() + 60_000);

describe.each(engines())('the money of refunds and coupons on $kind', (engine) => {
  let own: TestJournal;
  let market: Market;
  let tools: StepTools;
  let named = 0;

  beforeAll(async () => {
    own = await journalOnEngine(engine);
    const opened = await own.openMarket('mkt_chengdu', ['mer_potter', 'mer_teahouse', 'mer_van']);
    market = { ...opened, calendar: 'CN_STATE_COUNCIL', revision: 2 };
    await own.store.replaceMarket(market);
    tools = { store: own.store, ledger: own.tools.ledger };
  });
  afterAll(() => own?.close());

  const run = (step: BookingStep, by = tools, when = now) => carryOutStep(by, new RoleAccounts(), step, when);
  const refundStep = (orderNo: string, kind: 'REFUND' | 'REFUND_BACK' = 'REFUND'): BookingStep => {
    return { tenant, orderNo, kind, about: 'R' };
  };
  const refundOf = async (no: string): Promise<OrderRefund | undefined> =>
    (await own.store.readOrder(tenant, no))?.refunds[0];
  const owed = (merchantId: string) => own.balance(market, `payable ${merchantId}`);

  /** Money comes to a merchant as if it had been posted by the journal; or to what the market or a brand gives. */
  async function give(to: string, amount: bigint): Promise<void> {
    named += 1;
    const [kind = '', id = kind] = to.split(' ');
    const merchant = (await own.store.readMerchants(tenant, [id])).get(id);
    const given = kind === 'brand' ? merchant?.subsidyAccountId : merchant?.payableAccountId;
    const creditAccountId = given ?? market.accounts.own;
    const legs = [{ debitAccountId: market.accounts.claims, creditAccountId, amount, currency: 'CNY' }];
    const name = ['settlement', 'test', `${named}`];
    const [result] = await own.tools.ledger.postTransfers(tenant, [{ name, fingerprint: 'x', legs, cause }], now);
    expect(result?.outcome).toBe('POSTED');
  }

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
    const asked = {
      no: 'R',
      of: { kind: 'ORDER' as const, amount: 10_000n },
      policy: { kind: 'MERCHANT_BEARS' as const },
    };
    const decide = async (order: Order) =>
      acceptRefund(order, { ...asked, fingerprint: 'r' }, await readPlanFacts(own.store, order), at);
    await changeOrder(own.store, { tenant, no }, decide, { at, cause });
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
    await give('mer_potter', 10_001n);
    const twoMinutesOn = new Date(aMinuteLater.getTime() + 120_000);
    await askAgainForSteps(tools, new RoleAccounts(), twoMinutesOn);
    expect([(await refundOf('SHORT'))?.state, await owed('mer_potter')]).toEqual(['FUNDED', 1n]);
    expect(await own.store.listSteps('9999', undefined, 10)).toEqual({ steps: [] });
  });

  it('gives back exactly what it took where the channel failed, once', async () => {
    const fail = async (order: Order) =>
      tellResult(order, 'R', 'FAILED', { at, facts: await readPlanFacts(own.store, order) });
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

  it('lets funders give before the split, and no more than there is', async () => {
    const funders = [
      { kind: 'PLATFORM' as const, basisPoints: 5_000n },
      { kind: 'BRAND' as const, merchantId: 'mer_van', basisPoints: 5_000n },
    ];
    const subOrders = [aSubOrder({ plan: { by: 'MERCHANT' }, coupons: [{ id: 'C', amount: 1_000n, funders }] })];
    await own.put(anOrder({ no: 'COUPON', subOrders, payments: [aPayment({ channelId, amount: 9_000n, fee: 0n })] }));
    const step: BookingStep = { tenant, orderNo: 'COUPON', kind: 'SUBSIDY', about: '' };
    await run(step);
    expect((await own.store.readOrder(tenant, 'COUPON'))?.subOrders[0]?.splits).toEqual([]);
    await give('market', 500n);
    // What is owed to the brand for its sales is not what it gives coupons from.
    await give('mer_van', 500n);
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect((await own.store.readOrder(tenant, 'COUPON'))?.subOrders[0]?.splits).toEqual([]);
    await give('brand mer_van', 500n);
    await askAgainForSteps(tools, new RoleAccounts(), new Date(aMinuteLater.getTime() + 120_000));
    await run(step);
    const order = await own.store.readOrder(tenant, 'COUPON');
    expect(order?.subOrders[0]).toMatchObject({
      coupons: [{ landedAt: expect.any(String) }],
      splits: [{ legs: [{ amount: 10_000n }] }],
    });
    expect(await owed('mer_van')).toBe(500n);
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

  const given = async () => {
    const accounts = await own.tools.ledger.readAccounts(tenant, [market.accounts.own]);
    return accounts.get(market.accounts.own)?.posted;
  };
  const subsidy = (orderNo: string): BookingStep => ({ tenant, orderNo, kind: 'SUBSIDY', about: '' });

  /** An order that waits for 10.00 of the market, paid by 90.00. */
  async function couponed(no: string): Promise<void> {
    const funders = [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }];
    const subOrders = [aSubOrder({ plan: { by: 'MERCHANT' }, coupons: [{ id: 'C', amount: 1_000n, funders }] })];
    await own.put(anOrder({ no, subOrders, payments: [aPayment({ channelId, amount: 9_000n, fee: 0n })] }));
  }

  async function end(no: string): Promise<void> {
    const asked = { no: 'R', of: { kind: 'ORDER' as const, amount: 9_000n }, policy: { kind: 'PRO_RATA' as const } };
    const decide = async (order: Order) =>
      acceptRefund(order, { ...asked, fingerprint: 'r' }, await readPlanFacts(own.store, order), at);
    await changeOrder(own.store, { tenant, no }, decide, { at, cause });
  }

  /** The ledger books, and before that is noted the order is ended; `next` is what becomes of the calls behind it. */
  function endedMeanwhile(no: string, next = own.tools.ledger.postTransfers): StepTools {
    let calls = 0;
    const postTransfers: StepTools['ledger']['postTransfers'] = async (...asked) => {
      calls += 1;
      if (calls > 1) return next(...asked);
      const results = await own.tools.ledger.postTransfers(...asked);
      await end(no);
      return results;
    };
    return { store: own.store, ledger: { ...own.tools.ledger, postTransfers } };
  }

  it('asks no funder for an order that a refund has ended', async () => {
    await give('market', 1_000n);
    const before = await given();
    await couponed('ENDED');
    await end('ENDED');
    await run(subsidy('ENDED'));
    expect(await given()).toBe(before);
    expect((await own.store.readOrder(tenant, 'ENDED'))?.subOrders[0]?.coupons[0]?.landedAt).toBeUndefined();
  });

  it('gives a subsidy back that comes when the order is ended, and asks for it again when the refund failed', async () => {
    const before = await given();
    await couponed('MEANWHILE');
    await run(subsidy('MEANWHILE'), endedMeanwhile('MEANWHILE'));
    expect(await given()).toBe(before);
    const coupon = async () => (await own.store.readOrder(tenant, 'MEANWHILE'))?.subOrders[0]?.coupons[0];
    // Told again, what was given back has not landed.
    await run(subsidy('MEANWHILE'));
    expect([await given(), (await coupon())?.landedAt]).toEqual([before, undefined]);
    await run(refundStep('MEANWHILE'));
    const fail = async (order: Order) =>
      tellResult(order, 'R', 'FAILED', { at, facts: await readPlanFacts(own.store, order) });
    await changeOrder(own.store, { tenant, no: 'MEANWHILE' }, fail, { at, cause });
    await run(refundStep('MEANWHILE', 'REFUND_BACK'));
    for (let times = 0; times < 2; times += 1) await run(subsidy('MEANWHILE'));
    expect([await given(), (await coupon())?.landedAt]).toEqual([(before ?? 0n) - 1_000n, at]);
  });

  it('gives a subsidy back once, also where giving it back broke off', async () => {
    await give('market', 1_000n);
    const before = await given();
    await couponed('BROKEN');
    const broken = endedMeanwhile('BROKEN', async () => {
      throw new Error('Broken off.');
    });
    await expect(run(subsidy('BROKEN'), broken)).rejects.toThrow('Broken off.');
    expect(await given()).toBe((before ?? 0n) - 1_000n);
    for (let times = 0; times < 2; times += 1) await run(subsidy('BROKEN'));
    expect(await given()).toBe(before);
  });

  const withdraw = (no: string, when = at) =>
    changeOrder(
      own.store,
      { tenant, no },
      async (order) => withdrawRefund(order, 'R', await readPlanFacts(own.store, order), when),
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
