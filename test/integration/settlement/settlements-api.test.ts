import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as collection } from '../../../functions/collection/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import { firstRunOn } from '../../../functions/settlement/clearing/first-run.ts';
import * as merchants from '../../../functions/settlement/merchants/merchant-examples.ts';
import { service as settlement } from '../../../functions/settlement/service.ts';
import * as examples from '../../../functions/settlement/settlements/settlement-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { now } from '../../../shared/time/clock.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';
import { openPaidOutMarket, payOrder, waitAnHour } from './paid-out-market-support.ts';

/** Orders that are due on the day on which they are paid: paid out by the whole system, and asked for. */
describe('settlements through the API', () => {
  let system: System;
  let api: ApiClient;
  let treasurer: ApiClient;
  let merchant: ApiClient;
  let account = '';
  let ruleId = '';
  /** On the clock of Chengdu. */
  const dueOn = businessDateOf(now());
  const yuan = (amount: string) => ({ amount, currency: 'CNY' });

  beforeAll(async () => {
    system = await startInMemory({ services: [access, ledger, collection, settlement] });
    await signInAll();
    ruleId = await openPaidOutMarket(api, treasurer);
    const opened = await treasurer.post(
      '/v1/accounts',
      { currency: 'CNY', holder: '陶艺', constraint: { type: 'NONE' } },
      'a',
    );
    account = expectSuccess(opened).id;
    const potter = { ...merchants.createMerchant.body, id: 'mer_potter', payout: { to: 'LEDGER', accountId: account } };
    expectSuccess(await api.post('/v1/merchants', potter, potter.id));
    await payOrder(api, { no: 'SO-1', ruleId, seller: 'mer_potter', transactionId: '1' });
    await payOrder(api, { no: 'SO-2', ruleId, seller: 'mer_van', transactionId: '2' });
    expect(await system.quiesce()).toBe(true);
  });
  afterAll(() => system?.stop());

  async function signInAll() {
    api = await signIn(system.url, 'operator');
    treasurer = await signIn(system.url, 'treasurer');
    merchant = await signIn(system.url, 'merchant');
  }

  const settlementsOf = async (merchantId: string, client = api) =>
    expectSuccess(await client.get(`/v1/merchants/${merchantId}/settlements?date=${dueOn}`)).settlements;
  const told = async (type: string) => {
    const { body } = await rawCall(system.url, 'GET', `/local/events?type=settlement.${type}.v1`);
    return (body as { events: unknown[] }).events;
  };

  it('show what arrives, and when, before the day', async () => {
    expect(expectSuccess(await api.get('/v1/merchants/mer_teahouse/upcoming'))).toEqual({
      days: [
        {
          ...{
            date: dueOn,
            arrivesOn: firstRunOn(now()),
            orders: 2,
            gross: yuan('10.00'),
            fees: yuan('0.00'),
            refunds: yuan('0.00'),
          },
          ...{ adjustments: yuan('0.00'), carriedIn: yuan('0.00'), net: yuan('10.00') },
        },
      ],
      net: yuan('10.00'),
      ...{ sums: [], hasMoreSums: false },
    });
    expect(await api.get('/v1/merchants/mer_potter/upcoming?days=0')).toMatchObject({ status: 400 });
  });

  it('are not made for a day that has not begun', async () => {
    const body = { ...examples.startSettlementRun.body, businessDate: addDays(dueOn, 2) };
    expect(await api.post('/v1/settlement-runs', body, 'r0')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/business-date-ahead', errors: [{ pointer: '/businessDate' }] } },
    });
    expect(await treasurer.post('/v1/settlement-runs', body, 'r1')).toMatchObject({ status: 403 });
  });

  it('are made by a run in the background, and paid', async () => {
    const body = { ...examples.startSettlementRun.body, businessDate: dueOn };
    const started = await api.post('/v1/settlement-runs', body, 'r2');
    expect(started).toMatchObject({ status: 202, body: { state: 'LOOKING', settlements: 0 } });
    expect(await system.quiesce()).toBe(true);
    const [potter] = await settlementsOf('mer_potter');
    expect(potter).toMatchObject({
      ...{ state: 'SETTLED', orders: 1, gross: yuan('95.00'), fees: yuan('0.60'), payout: yuan('94.40') },
      payouts: [{ state: 'PAID', to: { to: 'LEDGER', accountId: account } }],
    });
    expect(expectSuccess(await treasurer.get(`/v1/accounts/${account}/balance`)).posted).toEqual(yuan('94.40'));
    const run = expectSuccess(await api.get(`/v1/settlement-runs/${potter.runId}`));
    expect(run).toMatchObject({
      ...{ state: 'ENDED', businessDate: dueOn, settlements: 3, paidOut: yuan('198.80') },
      ...{ days: [{ date: dueOn, sequence: 0 }], progress: { daysDone: 1, days: 1 } },
    });
    expect((await told('settlement-run-ended')).length).toBeGreaterThan(0);
    expect(await told('settlement-paid')).not.toEqual([]);
    const [teahouse] = await settlementsOf('mer_teahouse');
    expect(teahouse).toMatchObject({
      payout: yuan('10.00'),
      payouts: [{ to: { account: { number: '****5123' } }, amount: yuan('10.00') }],
    });
    expect(JSON.stringify(teahouse)).not.toContain('51001881236052505123');
  });

  it('are tried again after the bank refused them, under another number', async () => {
    await waitAnHour(system);
    await signInAll();
    const [teahouse] = await settlementsOf('mer_teahouse');
    expect(teahouse).toMatchObject({ payouts: [{ state: 'PAID' }] });
    const [van] = await settlementsOf('mer_van');
    expect(van).toMatchObject({ payout: yuan('94.40'), payouts: [{ state: 'FAILED' }] });
    expect(await told('payout-failed')).toHaveLength(1);
    const mended = { payout: { to: 'LEDGER', accountId: account } };
    expectSuccess(await api.patch('/v1/merchants/mer_van', mended, 'p'));
    const again = await api.post(`/v1/settlements/${van.id}/retry`, undefined, 'retry');
    expect(again).toMatchObject({ status: 202, body: { payouts: [{ state: 'FAILED' }, { state: 'DUE' }] } });
    expect(await system.quiesce()).toBe(true);
    expect(await settlementsOf('mer_van')).toMatchObject([{ payouts: [{ state: 'FAILED' }, { state: 'PAID' }] }]);
    expect(await api.post(`/v1/settlements/${van.id}/retry`, undefined, 'retry-2')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/nothing-to-retry', state: 'PAID' } },
    });
    expect(expectSuccess(await treasurer.get(`/v1/accounts/${account}/balance`)).posted).toEqual(yuan('188.80'));
  });

  it('show each line and how it came about, by cursor and as CSV', async () => {
    const [teahouse] = await settlementsOf('mer_teahouse');
    const path = `/v1/settlements/${teahouse.id}/lines`;
    const first = expectSuccess(await api.get(`${path}?limit=1`));
    const second = expectSuccess(await api.get(`${path}?limit=1&cursor=${first.nextCursor}`));
    expect([...first.lines, ...second.lines]).toEqual(
      ['SO-1', 'SO-2'].map((orderNo) => ({
        ...{ kind: 'SHARE', amount: yuan('5.00'), orderNo, subOrderNo: '1', base: yuan('100.00') },
        ...{ rule: { id: ruleId, version: 1 }, computation: '比例 5.00 % of 100.00' },
      })),
    );
    expect(second.nextCursor).toBeUndefined();
    const token = await tokenOf(system.url, 'operator');
    const file = await fetch(`${system.url}${path}.csv`, { headers: { authorization: `Bearer ${token}` } });
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = (await file.text()).replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toBe(`${dueOn},SHARE,SO-1,1,100.00,${ruleId},1,比例 5.00 % of 100.00,0.00,,,,5.00,CNY`);
  });

  it('are a merchant’s own, and not found by others', async () => {
    const [potter] = await settlementsOf('mer_potter');
    const paths = [
      `/v1/merchants/mer_potter/settlements?date=${dueOn}`,
      '/v1/merchants/mer_potter/upcoming',
      `/v1/settlements/${potter.id}`,
      `/v1/settlements/${potter.id}/lines`,
      `/v1/settlements/${potter.id}/lines.csv`,
    ];
    const other = await signIn(system.url, 'operator-2');
    for (const path of paths) {
      expect(await merchant.get(path)).toMatchObject({ status: 404 });
      expect(await other.get(path)).toMatchObject({ status: 404 });
    }
    expect(await merchant.post(`/v1/settlements/${potter.id}/retry`, undefined, 'r')).toMatchObject({ status: 403 });
    expect(await api.get(`/v1/settlements/set_${'0'.repeat(26)}`)).toMatchObject({
      ...{ status: 404, body: { code: 'settlement/settlement-not-found' } },
    });
    expect(await api.get('/v1/merchants/mer_potter/settlements')).toMatchObject({ status: 400 });
  });

  it('are part of the proof of the market, in the background', async () => {
    const proof = '/v1/markets/mkt_chengdu/proof';
    expect(await api.get(proof)).toMatchObject({ status: 404, body: { code: 'settlement/proof-not-found' } });
    expect(await api.post(proof, { from: dueOn })).toMatchObject({ status: 400 });
    // Who may read a proof may not have one made: it goes over all orders of the market.
    const readers = await Promise.all(['auditor', 'treasurer'].map((client) => signIn(system.url, client)));
    for (const other of [merchant, ...readers]) {
      expect(await other.post(proof, {})).toMatchObject({ status: 403 });
    }
    expect(await api.post(proof, {})).toMatchObject({ status: 202, body: { state: 'RUNNING' } });
    expect(await system.quiesce()).toBe(true);
    const { state, result, closedOn } = expectSuccess(await api.get(proof));
    for (const reader of readers) expect(await reader.get(proof)).toMatchObject({ status: 200, body: { state } });
    expect([state, closedOn, result.lost, result.differences]).toEqual([
      ...['COMPLETED', addDays(dueOn, -1)],
      ...[
        { count: 0, first: [] },
        { count: 0, first: [] },
      ],
    ]);
    expect(result).toMatchObject({ balanced: true, moving: 0, orders: result.changed });
    const roles = result.accounts.shown.map(({ role }: { role: string }) => role).sort();
    expect(roles).toEqual(['channel:wechat', 'claims', 'inTransit', 'paidOut', 'supervised']);
    const days = await api.get(`${proof}/days?from=${addDays(dueOn, -9)}&to=${dueOn}`);
    expect(expectSuccess(days)).toMatchObject({
      days: [{ date: addDays(dueOn, -1), changed: 0, closing: { orders: 0 } }],
    });
  });

  it('are made once more for what came late, and not where nothing did', async () => {
    const body = { ...examples.startSettlementRun.body, businessDate: dueOn };
    const run = async (key: string) => {
      const { id } = expectSuccess(await api.post('/v1/settlement-runs', body, key));
      expect(await system.quiesce()).toBe(true);
      return expectSuccess(await api.get(`/v1/settlement-runs/${id}`));
    };
    const second = await run('r3');
    expect(second).toMatchObject({ state: 'ENDED', days: [], settlements: 0 });
    expect(second.number).toBeGreaterThan(1);
    expect(await run('r3')).toEqual(second);
  });
});
