import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOrder } from '../../../functions/settlement/orders/change-order.ts';
import { createOrder, createOrders } from '../../../functions/settlement/orders/create-orders.ts';
import { splitByHand } from '../../../functions/settlement/orders/manual-split.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { takeKeptPayments } from '../../../functions/settlement/orders/take-kept-payments.ts';
import { workOffWaiting } from '../../../functions/settlement/orders/work-off-waiting.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { aDispute } from '../../functions/settlement/journal/orders.ts';
import { aChannel, aMarket, aMerchant, at, cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { asked, making, on, ordersOnEngine, paymentOf, type TestOrders, tenant } from './orders-support.ts';
import { claimOf } from './support.ts';

describe.each(engines())('orders on $kind', (engine) => {
  let own: TestOrders;
  beforeAll(async () => {
    own = await ordersOnEngine(engine);
  });
  afterAll(() => own?.close());

  const pay: TestOrders['pay'] = (...told) => own.pay(...told);

  it('are made once for their number, by whoever asks at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => createOrder(own.store, asked('TWICE'), making)));
    expect(made.filter(({ isReplay }) => !isReplay).length).toBe(1);
    expect(new Set(made.map(({ order }) => order.revision))).toEqual(new Set([1]));
    const before = await own.snapshot();
    await expect(createOrder(own.store, asked('TWICE', { references: { a: 'b' } }), making)).rejects.toMatchObject({
      code: 'settlement/order-number-used',
    });
    await expect(createOrder(own.store, asked('NEW', { marketId: 'mkt_none' }), making)).rejects.toMatchObject({
      code: 'settlement/market-not-found',
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('are answered when they are sent again, also when a merchant has been suspended since', async () => {
    await createOrder(own.store, asked('AGAIN'), making);
    const merchant = aMerchant({ id: 'mer_potter', state: 'SUSPENDED', revision: 2 });
    await own.store.replaceMerchant(merchant);
    expect(await createOrder(own.store, asked('AGAIN'), making)).toMatchObject({ isReplay: true });
    await expect(createOrder(own.store, asked('AGAIN-2'), making)).rejects.toMatchObject({
      code: 'settlement/merchant-suspended',
    });
    await own.store.replaceMerchant({ ...merchant, state: 'ACTIVE', revision: 3 });
  });

  it('of a batch are looked at one by one, and take the payments that came before', async () => {
    await pay('B-7', paymentOf('EARLY'));
    const orders = Array.from({ length: 60 }, (_, place) =>
      asked(`B-${place}`, place === 9 ? { split: { by: 'RULE', ruleId: `rule_${'0'.repeat(26)}` } } : {}),
    );
    const made = await createOrders(own.store, orders, making);
    expect(made.filter((one) => 'problem' in one).length).toBe(1);
    expect(made[9]).toMatchObject({ problem: { code: 'settlement/split-rule-not-found' } });
    expect(made[7]).toMatchObject({ order: { payments: [{ transactionId: 'EARLY' }] } });
    expect((await own.store.readOrder(tenant, 'B-59'))?.revision).toBe(1);
    expect(await own.store.readOrder(tenant, 'B-9')).toBeUndefined();
  });

  it('of a batch that have one number are made in their order: the first stands', async () => {
    const named = (count: number) => ({ references: { count: String(count) } });
    const twice = Array.from({ length: 20 }, (_, place) => [
      asked(`T-${place}`, named(1)),
      ...[2, 1].map((count) => asked(`T-${place}`, named(count))),
    ]).flat();
    const made = await createOrders(own.store, twice, making);
    const outcomes = made.map((one) => ('problem' in one ? one.problem.code : one.isReplay));
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => [false, 'settlement/order-number-used', true]).flat());
  });

  it('lose no payment that is told while they come to be', async () => {
    for (let round = 0; round < 12; round += 1) {
      const no = `RACE-${round}`;
      const told = pay(no, paymentOf(`R-${round}`));
      await Promise.all([told, createOrder(own.store, asked(no), making)]);
      const order = await own.store.readOrder(tenant, no);
      expect(order?.payments.map(({ transactionId }) => transactionId)).toEqual([`R-${round}`]);
      expect((await own.store.readUnassigned(tenant, no, 'mkt_chengdu'))?.payments ?? []).toEqual([]);
    }
    expect((await own.store.listUnassigned(tenant, 'mkt_chengdu', undefined, 10)).unassigned).toEqual([]);
  });

  it('take a payment once, however often it is told at the same time, and parts from all sides', async () => {
    await createOrder(own.store, asked('PARTS'), making);
    const parts = ['A', 'B', 'C', 'D'].map((id) => paymentOf(id, { amount: 2_500n, fee: 15n }));
    await Promise.all([...parts, ...parts].map((part) => pay('PARTS', part)));
    const order = await own.store.readOrder(tenant, 'PARTS');
    expect(order?.payments.map(({ transactionId }) => transactionId)).toEqual(['A', 'B', 'C', 'D']);
    expect(order?.subOrders[0]?.splits[0]?.legs).toMatchObject([{ receiver: 'mer_potter', amount: 9_940n, fee: 60n }]);
    const { revision } = order ?? {};
    await pay('PARTS', parts[0] ?? paymentOf('A'));
    expect((await own.store.readOrder(tenant, 'PARTS'))?.revision).toBe(revision);
  });

  it('have the fee of the channel’s terms of the day where none is told', async () => {
    await createOrder(own.store, asked('FEE'), making);
    const result = await pay('FEE', paymentOf('F'));
    expect(result).toMatchObject({ order: { payments: [{ fee: 60n, businessDate: '2025-09-26' }] } });
    await expect(pay('FEE', paymentOf('G', { paidAt: '2024-12-31T02:00:00.000Z' }))).rejects.toMatchObject({
      code: 'settlement/channel-not-in-force',
    });
    await expect(pay('FEE', paymentOf('G', { fee: 10_001n }))).rejects.toMatchObject({
      fields: { errors: [{ pointer: '/fee/amount' }] },
    });
    await expect(pay('FEE', paymentOf('G', { channelId: 'none' }))).rejects.toMatchObject({
      code: 'settlement/channel-not-found',
    });
  });

  it('keep nothing of what could never be taken: another tenant’s market, a channel it has not, a limit', async () => {
    const before = await own.snapshot();
    await expect(pay('NOWHERE', paymentOf('N'), 'mkt_nobodys')).rejects.toMatchObject({
      ...{ code: 'settlement/market-not-found', fields: { errors: [{ pointer: '/marketId' }] } },
    });
    await expect(pay('NOWHERE', paymentOf('N', { channelId: 'none' }))).rejects.toMatchObject({
      ...{ code: 'settlement/channel-not-found', fields: { errors: [{ pointer: '/channelId' }] } },
    });
    await expect(pay('NOWHERE', paymentOf('N', { payMethod: 'SCANNED' }))).rejects.toMatchObject({
      ...{ code: 'settlement/payment-refused', fields: { reason: 'PAY_METHOD' } },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('have one fee for a transaction: told without it is the same, told with another is refused', async () => {
    await createOrder(own.store, asked('ONE-FEE'), making);
    await pay('ONE-FEE', paymentOf('F-1', { fee: 55n }));
    expect(await pay('ONE-FEE', paymentOf('F-1'))).toMatchObject({ order: { payments: [{ fee: 55n }], revision: 2 } });
    await expect(pay('ONE-FEE', paymentOf('F-1', { fee: 60n }))).rejects.toMatchObject({
      ...{ code: 'settlement/payment-differs', fields: { errors: [{ pointer: '/fee/amount' }] } },
    });
  });

  it('keep a payment that names the order of another market', async () => {
    await own.store.createMarket(
      aMarket({ id: 'mkt_other' }),
      [aChannel({ marketId: 'mkt_other' })],
      claimOf('createMarket', 'b', 'mkt_other'),
    );
    await createOrder(own.store, asked('MINE'), making);
    expect(await pay('MINE', paymentOf('M'), 'mkt_other')).toMatchObject({
      kept: { code: 'settlement/order-not-found' },
    });
    expect((await own.store.readOrder(tenant, 'MINE'))?.payments).toEqual([]);
    const { unassigned } = await own.store.listUnassigned(tenant, 'mkt_other', undefined, 10);
    expect(unassigned).toMatchObject([{ orderNo: 'MINE', payments: [{ transactionId: 'M' }] }]);
  });

  it('hold the lifetime cap when they are split from all sides', async () => {
    await createOrder(own.store, asked('CAP', { split: { by: 'MANUAL', lifetimeCapBasisPoints: 3_000 } }), making);
    await pay('CAP', paymentOf('CAP'));
    const ask = (place: number) => {
      const lines = [{ sequence: 1, receiver: 'mer_van', share: { kind: 'FIXED' as const, amount: 1_000n } }];
      const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
      const more = { terms, amount: 1_000n, isByAmounts: true, failureMode: 'ALL_OR_NOTHING' as const };
      const split = { no: `S-${place}`, subOrderNo: '1', ...more, fingerprint: `${place}` };
      return changeOrder(
        own.store,
        { tenant, no: 'CAP' },
        async (order) => splitByHand(order, split, await readPlanFacts(own.store, order), at),
        on,
      );
    };
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, place) => ask(place)));
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as Problem] : []));
    expect(refused.map((problem) => problem instanceof Problem && problem.code)).toEqual(
      Array.from({ length: 3 }, () => 'settlement/split-refused'),
    );
    const order = await own.store.readOrder(tenant, 'CAP');
    expect(order?.subOrders[0]?.splits.length).toBe(3);
  });

  it('go to the merchant who sells when their last day is there, not before, and once', async () => {
    await createOrder(own.store, asked('LAST', { split: { by: 'MANUAL' } }), making);
    await pay('LAST', paymentOf('LAST'));
    const workOff = (when: string) =>
      workOffWaiting(own.store, { tenant, no: 'LAST', subOrderNo: '1' }, { at: when, cause });
    expect((await workOff('2025-10-25T02:00:00.000Z')).subOrders[0]?.splits).toEqual([]);
    const done = await workOff('2025-10-26T02:00:00.000Z');
    expect(done.subOrders[0]?.splits).toMatchObject([
      { no: 'REST', legs: [{ receiver: 'mer_potter', amount: 9_940n }] },
    ]);
    expect(await workOff('2025-10-27T02:00:00.000Z')).toEqual(done);
  });

  it('are done something to once for a key', async () => {
    await createOrder(own.store, asked('KEY'), making);
    await pay('KEY', paymentOf('K'));
    const claim = claimOf('disputeOrder', 'k', 'KEY');
    const dispute = (reason: string, by = claim) =>
      changeOrder(
        own.store,
        { tenant, no: 'KEY' },
        (order) => ({ ...order, disputes: [...order.disputes, { ...aDispute('2025-09-26'), reason }] }),
        on,
        by,
      );
    const first = await dispute('a');
    expect(await dispute('a')).toEqual(first);
    await expect(dispute('a', { ...claim, fingerprint: 'other' })).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
    await expect(changeOrder(own.store, { tenant, no: 'NONE' }, (order) => order, on)).rejects.toMatchObject({
      code: 'settlement/order-not-found',
    });
  });

  it('get the payments that came before them also where who made one broke off in between', async () => {
    await pay('BROKEN', paymentOf('BEFORE'));
    await pay('NEVER', paymentOf('ALONE'));
    const { tenant: _, no: __, ...facts } = (await createOrder(own.store, asked('LIKE'), making)).order;
    await own.store.writeOrder({ ...facts, tenant, no: 'BROKEN' });
    expect((await own.store.readOrder(tenant, 'BROKEN'))?.payments).toEqual([]);
    await takeKeptPayments(own.store, new Date(at));
    await takeKeptPayments(own.store, new Date(at));
    expect((await own.store.readOrder(tenant, 'BROKEN'))?.payments).toMatchObject([{ transactionId: 'BEFORE' }]);
    expect((await own.store.readUnassigned(tenant, 'NEVER', 'mkt_chengdu'))?.payments).toHaveLength(1);
  });
});
