import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type System, startSystem } from '../../infra/local/system.ts';
import { signIn } from '../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const quarter = { from: '2026-03-21', to: '2026-06-21' };
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);

describe('the settlement day over the API', () => {
  let system: System;
  let api: Awaited<ReturnType<typeof signIn>>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    // The machine's own clock stands, so that the system moves through these minutes whenever the test is run.
    vi.useFakeTimers({ toFake: ['Date'], now: at('2026-06-21 08:50') });
    system = await startSystem({ port: 0, memory: true, quiet: true });
    api = await signIn(system.url, 'treasurer');
    for (const [name, more] of Object.entries({
      bank: { constraint: { type: 'NONE' } },
      deposit: {},
      late: {},
      poor: {},
      unpaid: {},
    })) {
      const body = { currency: 'CNY', holder: '禹道集团', name, ...more };
      ids[name] = (await api.post('/v1/accounts', body, `open-${name}`)).body.id;
    }
    const legs = ['deposit', 'late', 'unpaid'].map((name) => ({
      debitAccountId: ids.bank,
      creditAccountId: ids[name],
      amount: yuan('600000.00'),
    }));
    // Valued on the day before the quarter.
    expect((await api.post('/v1/transfers', { legs, valueDate: '2026-03-20' }, 'fund')).status).toBe(201);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await system?.stop();
  });

  /** Moves the system's clock; what is due in between runs, and is at its end. */
  async function moveClock(to: string) {
    expect((await api.post('/local/clock', { now: at(to).toISOString() })).status).toBe(200);
  }

  const agreed = (effectiveFrom: string, more: object = {}) => ({
    payerAccountId: ids.bank,
    settlementDay: { frequency: 'QUARTERLY', day: 20, from: quarter.from },
    terms: [{ effectiveFrom, baseAmount: yuan('100000.00'), demandRate: '0.35', agreedRate: '1.15' }],
    ...more,
  });

  it('refuses a settlement day that cannot be, and names the field', async () => {
    const day = { frequency: 'QUARTERLY', day: 20, from: quarter.from };
    const pointers = async (settlementDay: object) => {
      const { status, body } = await api.put(
        `/v1/agreed-deposits/${ids.deposit}`,
        agreed('2020-01-01', { settlementDay }),
      );
      return [status, ...(body.errors as { pointer: string }[]).map(({ pointer }) => pointer)];
    };
    expect(await pointers({ ...day, frequency: 'DAILY' })).toEqual([400, '/settlementDay/frequency']);
    expect(await pointers({ ...day, day: 32 })).toEqual([400, '/settlementDay/day']);
    expect(await pointers({ ...day, day: 0 })).toEqual([400, '/settlementDay/day']);
    expect(await pointers({ ...day, from: '2026-02-30' })).toEqual([400, '/settlementDay/from']);
    expect(await pointers({ ...day, from: '9999-12-25' })).toEqual([400, '/settlementDay/from']);
    expect(await pointers({ ...day, from: '0001-01-01' })).toEqual([400, '/settlementDay/from']);
    expect(await pointers({ ...day, time: '24:00' })).toEqual([400, '/settlementDay/time']);
    const { day: _, ...without } = day;
    expect(await pointers(without)).toEqual([400, '/settlementDay/day']);
    expect((await api.get(`/v1/agreed-deposits/${ids.deposit}`)).status).toBe(404);
  });

  it('refuses the settlement day of a pool without rates, and writes nothing', async () => {
    const pool = { name: 'Without interest', currency: 'CNY', kind: 'PHYSICAL', headerAccountId: ids.bank };
    const path = `/v1/pools/${(await api.post('/v1/pools', pool, 'pool')).body.id}/interest-terms`;
    const settlementDay = { frequency: 'QUARTERLY', day: 20, from: quarter.from };
    expect(await api.put(path, { settlementDay })).toMatchObject({
      status: 400,
      body: { code: 'pooling/interest-terms-malformed', errors: [{ pointer: '/settlementDay' }] },
    });
    expect(await api.put(path, { settlementDay: { ...settlementDay, from: '2016-06-19' } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/settlementDay/from' }, { pointer: '/settlementDay' }] },
    });
    expect((await api.get(path)).status).toBe(404);
  });

  it('books a quarter on the day after its end, and one that lacks a rate once it has one', async () => {
    const path = `/v1/agreed-deposits/${ids.deposit}`;
    const faulty = `/v1/agreed-deposits/${ids.late}`;
    const next = { ...quarter, at: '2026-06-21T01:00:00.000Z' };
    const set = await api.put(path, agreed('2020-01-01'));
    expect(set).toMatchObject({ status: 200, body: { settlementDay: { time: '09:00' }, nextSettlement: next } });
    expect(await api.put(faulty, agreed('2026-04-01'))).toMatchObject({ body: { nextSettlement: next } });

    await moveClock('2026-06-21 08:59');
    expect((await api.get(`${path}/interest-runs`)).body).toEqual({ runs: [] });

    await moveClock('2026-06-21 09:02');
    // 92 days: 100,000.00 × 92 × 0.35 % / 360 = 89.4444…; 500,000.00 × 92 × 1.15 % / 360 = 1,469.4444…
    expect((await api.get(`${path}/interest-runs`)).body).toMatchObject({
      runs: [{ ...quarter, status: 'COMPLETED', startedBy: 'SCHEDULE', credited: yuan('1558.89') }],
    });
    expect((await api.get(`/v1/accounts/${ids.deposit}/balance`)).body.posted).toEqual(yuan('601558.89'));
    expect((await api.get(path)).body.nextSettlement).toEqual({
      from: quarter.to,
      to: '2026-09-21',
      at: '2026-09-21T01:00:00.000Z',
    });

    expect((await api.get(`${faulty}/interest-runs`)).body).toEqual({ runs: [] });
    const fault = { code: 'pooling/interest-rate-missing', detail: expect.stringContaining(quarter.from) };
    expect((await api.get(faulty)).body.nextSettlement).toMatchObject({ ...next, fault });
    const heard = await fetch(`${system.url}/local/events?type=pooling.interest-run-delayed.v1`);
    const { events } = (await heard.json()) as { events: { event: { data: unknown } }[] };
    expect(events.map(({ event }) => event.data)).toMatchObject([{ accountId: ids.late, ...next, problem: fault }]);

    await api.put(faulty, agreed('2020-01-01'));
    await moveClock('2026-06-21 09:04');
    expect((await api.get(`${faulty}/interest-runs`)).body).toMatchObject({
      runs: [{ ...quarter, status: 'COMPLETED', credited: yuan('1558.89') }],
    });
  });

  it('shows what a payer without money owes, and pays it within the hour in which the money comes', async () => {
    const path = `/v1/agreed-deposits/${ids.unpaid}`;
    await api.put(path, agreed('2020-01-01', { payerAccountId: ids.poor }));
    await moveClock('2026-06-21 09:07');
    const [run] = (await api.get(`${path}/interest-runs`)).body.runs as { id: string; status: string }[];
    expect(run).toMatchObject({ status: 'PARTIAL', failed: 1 });
    const { nextSettlement, unsettled } = (await api.get(path)).body;
    expect(nextSettlement).toMatchObject({ from: quarter.to });
    expect(unsettled).toEqual({
      runId: run?.id,
      ...quarter,
      failed: 1,
      problem: { code: 'ledger/insufficient-funds', detail: expect.any(String) },
      since: expect.stringMatching(/^2026-06-21T01:0/),
    });
    const heard = await fetch(`${system.url}/local/events?type=pooling.interest-run-delayed.v1`);
    const { events } = (await heard.json()) as { events: { event: { data: unknown } }[] };
    expect(events.map(({ event }) => event.data)).toContainEqual(
      expect.objectContaining({ accountId: ids.unpaid, runId: run?.id, failed: 1 }),
    );
    const legs = [{ debitAccountId: ids.bank, creditAccountId: ids.poor, amount: yuan('2000.00') }];
    expect((await api.post('/v1/transfers', { legs }, 'help')).status).toBe(201);
    await moveClock('2026-06-21 10:15');
    // A token is good for an hour.
    api = await signIn(system.url, 'treasurer');
    expect((await api.get(`${path}/interest-runs/${run?.id}`)).body).toMatchObject({
      status: 'COMPLETED',
      attempt: 2,
      credited: yuan('1558.89'),
    });
    expect((await api.get(path)).body).not.toHaveProperty('unsettled');
  });
});
