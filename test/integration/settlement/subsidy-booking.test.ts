import { beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { cancelSubsidies } from '../../../functions/settlement/orders/act-on-order.ts';
import type { BookingStep } from '../../../functions/settlement/orders/booking/booking-step.ts';
import { askAgainForSteps, type StepTools } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { changeOrder } from '../../../functions/settlement/orders/change-order.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { tellResult } from '../../../functions/settlement/orders/refund-result.ts';
import { anOrder, aPayment, aSubOrder } from '../../functions/settlement/orders/samples.ts';
import { cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { aMinuteLater, bookingFor, refundNo } from './booking-support.ts';
import { now, tenant } from './journal-support.ts';

const at = now.toISOString();
const channelId = 'WECHAT_PAY';

describe.each(engines())('the money of coupons on $kind', (engine) => {
  const { opened, run, give, refund } = bookingFor(engine);
  let { own, tools, market } = {} as ReturnType<typeof opened>;
  beforeAll(() => {
    ({ own, tools, market } = opened());
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

  const end = (no: string) => refund(no, 9_000n, 'PRO_RATA');
  const cancel = async (no: string) => {
    const decide = async (order: Order) => cancelSubsidies(order, await readPlanFacts(own.store, order), at);
    await changeOrder(own.store, { tenant, no }, decide, { at, cause });
  };

  /** The ledger books, and before that is noted something is done to the order; `next` is what becomes of the calls behind it. */
  function meanwhile(
    done: (no: string) => Promise<void>,
    no: string,
    next = own.tools.ledger.postTransfers,
  ): StepTools {
    let calls = 0;
    const postTransfers: StepTools['ledger']['postTransfers'] = async (...asked) => {
      calls += 1;
      if (calls > 1) return next(...asked);
      const results = await own.tools.ledger.postTransfers(...asked);
      await done(no);
      return results;
    };
    return { store: own.store, ledger: { ...own.tools.ledger, postTransfers } };
  }

  it('lets funders give before the split, and no more than there is', async () => {
    const funders = [
      { kind: 'PLATFORM' as const, basisPoints: 5_000n },
      { kind: 'BRAND' as const, merchantId: 'mer_van', basisPoints: 5_000n },
    ];
    const subOrders = [aSubOrder({ plan: { by: 'MERCHANT' }, coupons: [{ id: 'C', amount: 1_000n, funders }] })];
    await own.put(anOrder({ no: 'COUPON', subOrders, payments: [aPayment({ channelId, amount: 9_000n, fee: 0n })] }));
    const step = subsidy('COUPON');
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
    expect(await own.balance(market, 'payable mer_van')).toBe(500n);
  });

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
    const refundStep = (kind: 'REFUND' | 'REFUND_BACK') => ({
      tenant,
      orderNo: 'MEANWHILE',
      kind,
      about: refundNo('MEANWHILE'),
    });
    await couponed('MEANWHILE');
    await run(subsidy('MEANWHILE'), meanwhile(end, 'MEANWHILE'));
    expect(await given()).toBe(before);
    const coupon = async () => (await own.store.readOrder(tenant, 'MEANWHILE'))?.subOrders[0]?.coupons[0];
    // Told again, what was given back has not landed.
    await run(subsidy('MEANWHILE'));
    expect([await given(), (await coupon())?.landedAt]).toEqual([before, undefined]);
    await run(refundStep('REFUND'));
    const fail = async (order: Order) =>
      tellResult(order, refundNo(order.no), 'FAILED', { at, facts: await readPlanFacts(own.store, order) });
    await changeOrder(own.store, { tenant, no: 'MEANWHILE' }, fail, { at, cause });
    await run(refundStep('REFUND_BACK'));
    for (let times = 0; times < 2; times += 1) await run(subsidy('MEANWHILE'));
    expect([await given(), (await coupon())?.landedAt]).toEqual([(before ?? 0n) - 1_000n, at]);
  });

  it('gives a subsidy back that comes when it is cancelled: the merchant has what the consumer paid', async () => {
    await give('market', 1_000n);
    const before = await given();
    await couponed('CANCELLED');
    await run(subsidy('CANCELLED'), meanwhile(cancel, 'CANCELLED'));
    for (let times = 0; times < 2; times += 1) await run(subsidy('CANCELLED'));
    const order = await own.store.readOrder(tenant, 'CANCELLED');
    expect([await given(), order?.subOrders[0]?.splits[0]?.legs[0]?.amount]).toEqual([before, 9_000n]);
  });

  it.each([
    ['cancelled', cancel],
    ['ended by a refund', end],
  ])('gives a subsidy back that came and was not noted, when it is %s', async (name, done) => {
    await give('market', 1_000n);
    const before = await given();
    const no = `LOST-${name}`.replaceAll(' ', '');
    await couponed(no);
    const silent: StepTools['ledger']['postTransfers'] = async (...asked) => {
      await own.tools.ledger.postTransfers(...asked);
      throw new Error('killed');
    };
    const tools: StepTools = { store: own.store, ledger: { ...own.tools.ledger, postTransfers: silent } };
    await expect(run(subsidy(no), tools)).rejects.toThrow('killed');
    expect(await given()).toBe((before ?? 0n) - 1_000n);
    await done(no);
    for (let times = 0; times < 2; times += 1) await run(subsidy(no));
    expect(await given()).toBe(before);
    expect(await own.store.readOrder(tenant, no)).toMatchObject({ subsidiesBack: 1 });
  });

  it('is asked for no more when it was short and is cancelled', async () => {
    await couponed('SHORT');
    const all = (await given()) ?? 0n;
    const claims = { debitAccountId: market.accounts.own, creditAccountId: market.accounts.claims };
    const legs = [{ ...claims, amount: all, currency: 'CNY' }];
    await own.tools.ledger.postTransfers(
      tenant,
      [{ name: ['settlement', 'taken'], fingerprint: 'x', legs, cause }],
      now,
    );
    await run(subsidy('SHORT'));
    const waiting = async () => (await own.store.listStepsOf(tenant, market.id, undefined, 10)).steps;
    expect(await waiting()).toMatchObject([{ orderNo: 'SHORT', kind: 'SUBSIDY' }]);
    await cancel('SHORT');
    await give('market', all);
    // As long as somebody may be at it, it is looked whether it came all the same.
    await askAgainForSteps(tools, new RoleAccounts(), aMinuteLater);
    expect(await waiting()).toHaveLength(1);
    await askAgainForSteps(tools, new RoleAccounts(), new Date(now.getTime() + 20 * 60_000));
    expect([await given(), await waiting()]).toEqual([all, []]);
  });

  it('gives a subsidy back once, also where giving it back broke off', async () => {
    await give('market', 1_000n);
    const before = await given();
    await couponed('BROKEN');
    const broken = meanwhile(end, 'BROKEN', async () => {
      throw new Error('Broken off.');
    });
    await expect(run(subsidy('BROKEN'), broken)).rejects.toThrow('Broken off.');
    expect(await given()).toBe((before ?? 0n) - 1_000n);
    for (let times = 0; times < 2; times += 1) await run(subsidy('BROKEN'));
    expect(await given()).toBe(before);
  });
});
