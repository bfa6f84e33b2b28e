import { describe, expect, it } from 'vitest';
import { addDays, businessDateOf } from '../../shared/calendar/plain-date.ts';
import { up, usePoolSystem, yuan, zeroBalance } from '../support/pool-system.ts';
import { signIn } from '../support/system.ts';

const today = businessDateOf(new Date());

describe('a pool over the API', () => {
  const pools = usePoolSystem();

  it('sweeps the others where a member is frozen or its bank closed, and tells why', async () => {
    const set = await pools.putMembers([
      pools.member('r1', { reserve: yuan('50.00'), up: [zeroBalance] }),
      pools.member('c1', { parentAccountId: pools.ids.r1, reserve: yuan('20.00'), up: [zeroBalance] }),
      pools.member('c2', { parentAccountId: pools.ids.r1, down: [up({ method: 'TARGET', target: yuan('20.00') })] }),
      pools.member('frozen', { up: [zeroBalance] }),
      pools.member('shut', { up: [zeroBalance], bank: { closed: [{ from: today, to: today }] } }),
    ]);
    expect(set).toMatchObject({ status: 200, body: { members: 5, version: 1 } });
    const request = { businessDate: today, runNumber: 1 };
    const plan = (await pools.api.post(`/v1/pools/${pools.ids.pool}/plan`, request)).body;
    const started = await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, request);
    expect(started).toMatchObject({ status: 202, body: { status: 'RUNNING', legCount: 3 } });
    await pools.api.post('/local/quiesce', {});
    const run = (await pools.api.get(`/v1/pools/${pools.ids.pool}/runs/${started.body.id}`)).body;
    expect(run).toMatchObject({ status: 'COMPLETED', confirmed: 3, progress: { legs: 3, atEnd: 3 } });
    const amounts = run.legs.map((leg: { debitAccountId: string; amount: { amount: string }; status: string }) => [
      leg.debitAccountId,
      leg.amount.amount,
      leg.status,
    ]);
    expect(amounts).toEqual([
      [pools.ids.c1, '180.00', 'CONFIRMED'],
      [pools.ids.r1, '150.00', 'CONFIRMED'],
      [pools.ids.r1, '10.00', 'CONFIRMED'],
    ]);
    expect(plan.legs.map((leg: { amount: { amount: string } }) => leg.amount.amount)).toEqual([
      '180.00',
      '150.00',
      '10.00',
    ]);
    expect(run.withoutLeg).toMatchObject([
      { accountId: pools.ids.frozen, up: 'ACCOUNT_FROZEN' },
      { accountId: pools.ids.shut, up: 'BANK_CLOSED' },
    ]);
    const transfer = (await pools.api.get(`/v1/transfers/${run.legs[0].transferId}`)).body;
    expect(transfer).toMatchObject({ status: 'POSTED', references: { poolId: pools.ids.pool, runId: run.id } });
    // The same run again, under whatever request, moves nothing.
    expect((await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, request)).body).toMatchObject({
      id: run.id,
      status: 'COMPLETED',
    });
    const tree = (await pools.api.get(`/v1/pools/${pools.ids.pool}/tree`)).body;
    expect(tree.totals).toMatchObject([{ posted: yuan('390.00') }]);
    const figures = tree.tree.map((node: { name: string; level: number; available: { amount: string } }) => [
      node.name,
      node.level,
      node.available.amount,
    ]);
    expect(figures.toSorted()).toEqual([
      ['c1', 2, '20.00'],
      ['c2', 2, '20.00'],
      ['frozen', 1, '70.00'],
      ['hq', 0, '150.00'],
      ['r1', 1, '50.00'],
      ['shut', 1, '80.00'],
    ]);
  });

  it('refuses a run before the last one, one in the future, and a day that does not exist', async () => {
    const start = async (businessDate: string, runNumber = 1) => {
      const { status, body } = await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, { businessDate, runNumber });
      return [status, body.code];
    };
    await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, { businessDate: today, runNumber: 2 });
    await pools.api.post('/local/quiesce', {});
    expect(await start(addDays(today, -3))).toEqual([409, 'pooling/run-out-of-order']);
    expect(await start(addDays(today, 1))).toEqual([400, 'pooling/date-not-allowed']);
    expect(await start('2026-02-30')).toEqual([400, 'request/malformed']);
  });

  it('keeps an account out of a second pool', async () => {
    const request = { name: 'Second', currency: 'CNY', kind: 'PHYSICAL', headerAccountId: pools.ids.c1 };
    expect(await pools.api.post('/v1/pools', request, 'second')).toMatchObject({
      status: 409,
      body: { code: 'pooling/account-in-other-pool', poolId: pools.ids.pool },
    });
  });

  it('creates a pool once per key, and refuses the key for another request', async () => {
    const request = { name: 'Group', currency: 'CNY', kind: 'PHYSICAL', headerAccountId: pools.ids.hq };
    expect((await pools.api.post('/v1/pools', request, 'pool')).body.id).toBe(pools.ids.pool);
    expect((await pools.api.post('/v1/pools', { ...request, name: 'Other' }, 'pool')).body.code).toBe(
      'request/idempotency-key-reused',
    );
  });

  it('shows nothing to another tenant and lets the auditor look only', async () => {
    const stranger = await signIn(pools.system.url, 'treasurer-2');
    const auditor = await signIn(pools.system.url, 'auditor');
    expect((await stranger.get(`/v1/pools/${pools.ids.pool}`)).body.code).toBe('pooling/pool-not-found');
    expect((await stranger.get(`/v1/pools/${pools.ids.pool}/tree`)).status).toBe(404);
    expect((await auditor.get(`/v1/pools/${pools.ids.pool}/tree`)).status).toBe(200);
    expect((await auditor.post(`/v1/pools/${pools.ids.pool}/runs`, { businessDate: today, runNumber: 5 })).status).toBe(
      403,
    );
  });

  it('tells the bus of pools and runs', async () => {
    const response = await fetch(`${pools.system.url}/local/events?type=pooling.run-ended.v1`);
    const { events } = (await response.json()) as { events: { event: { data: { status: string; poolId: string } } }[] };
    expect(events.length).toBeGreaterThanOrEqual(1);
    expect(events[0]?.event.data).toMatchObject({ poolId: pools.ids.pool, status: 'COMPLETED' });
  });

  it('sweeps a credit in real time and funds a payment from above', async () => {
    const realTime = up({ method: 'ZERO_BALANCE' }, { trigger: 'REAL_TIME' });
    const linked = {
      effectiveFrom: '2026-01-01',
      trigger: 'REAL_TIME',
      rule: { method: 'ZERO_BALANCE' },
      maximum: yuan('100.00'),
    };
    await pools.putMembers([pools.member('c1', { up: [realTime], down: [linked] })]);
    const legs = [{ debitAccountId: pools.ids.capital, creditAccountId: pools.ids.c1, amount: yuan('55.00') }];
    await pools.api.post('/v1/transfers', { legs }, 'customer');
    await pools.api.post('/local/quiesce', {});
    const available = async (key: string) =>
      (await pools.api.get(`/v1/accounts/${pools.ids[key]}/balance`)).body.available.amount;
    expect(await available('c1')).toBe('0.00');
    const pay = (amount: string, key: string) =>
      pools.api.post(
        `/v1/pools/${pools.ids.pool}/payments`,
        { accountId: pools.ids.c1, creditAccountId: pools.ids.payee, amount: yuan(amount) },
        key,
      );
    const paid = await pay('100.00', 'linked');
    expect(paid).toMatchObject({ status: 201, body: { status: 'PAID', own: yuan('0.00'), funded: yuan('100.00') } });
    const before = await available('hq');
    expect(await pay('100.01', 'too-much')).toMatchObject({
      status: 409,
      body: { code: 'pooling/funding-refused', reason: 'LIMIT' },
    });
    expect(await pay('100.00', 'linked')).toMatchObject({ status: 201, body: { id: paid.body.id } });
    expect(await available('hq')).toBe(before);
    expect(await available('payee')).toBe('100.00');
  });
});
