import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../../functions/catalogue.ts';
import { type Handler, loadFromFolder } from '../../../infra/local/functions.ts';
import type { System } from '../../../infra/local/system.ts';
import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';
import { signIn, startInMemory } from '../../support/system.ts';

/** Hears what becomes of interest runs. */
const listener: ServiceDescription = {
  name: 'listener',
  title: 'Listener',
  description: 'For tests.',
  subscriptions: [{ entry: 'on-interest', events: ['pooling.interest-run-ended.v1'], batchSize: 10 }],
};

type Api = Awaited<ReturnType<typeof signIn>>;
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const to = businessDateOf(new Date());
const from = addDays(to, -30);
const period = { from, to };

describe('interest by HTTP', () => {
  let system: System;
  let api: Api;
  let stranger: Api;
  const ids: Record<string, string> = {};
  const heard: { subject?: string; status: string; credited: { amount: string } }[] = [];

  const listen: Handler = async (event) => {
    for (const { body } of (event as { Records: { body: string }[] }).Records) {
      heard.push(JSON.parse(body).detail.data);
    }
    return { batchItemFailures: [] };
  };

  beforeAll(async () => {
    system = await startInMemory({
      services: [...catalogue.map(({ service }) => service), listener],
      loadHandler: async (name, entry) => (name === listener.name ? listen : loadFromFolder(name, entry)),
    });
    api = await signIn(system.url, 'treasurer');
    stranger = await signIn(system.url, 'treasurer-2');
    const open = async (key: string, more: object = {}) => {
      const body = { currency: 'CNY', holder: 'Group', name: key, ...more };
      ids[key] = String((await api.post('/v1/accounts', body, `open-${key}`)).body.id);
    };
    for (const key of ['bank', 'header', 'surplus', 'deficit']) await open(key, { constraint: { type: 'NONE' } });
    await open('deposit');
    await open('poor');
    await open('late');
    const legs = [
      { debitAccountId: ids.bank, creditAccountId: ids.deposit, amount: yuan('600000.00') },
      { debitAccountId: ids.bank, creditAccountId: ids.surplus, amount: yuan('7200000.00') },
      { debitAccountId: ids.deficit, creditAccountId: ids.bank, amount: yuan('3600000.00') },
    ];
    expect((await api.post('/v1/transfers', { legs, valueDate: from }, 'fund')).status).toBe(201);
  });
  afterAll(() => system?.stop());

  const agreed = () => ({
    payerAccountId: ids.bank,
    terms: [{ effectiveFrom: '2020-01-01', baseAmount: yuan('100000.00'), demandRate: '0.35', agreedRate: '1.15' }],
  });

  it('of an agreed deposit is computed in the background, shown with its segments and told to the bus', async () => {
    const path = `/v1/agreed-deposits/${ids.deposit}`;
    expect(await api.get(path)).toMatchObject({ status: 404, body: { code: 'pooling/deposit-not-agreed' } });
    const set = await api.put(path, agreed());
    expect(set).toMatchObject({ status: 200, body: { version: 1, setBy: { client: 'treasurer' } } });
    expect((await api.get(path)).body).toEqual(set.body);
    expect((await api.get('/v1/agreed-deposits')).body).toEqual({ deposits: [set.body] });
    expect((await stranger.get('/v1/agreed-deposits')).body).toEqual({ deposits: [] });
    const begun = await api.post(`${path}/interest-runs`, period);
    expect(begun).toMatchObject({ status: 202, body: { accountId: ids.deposit, status: 'COMPUTING', ...period } });
    expect(await system.quiesce()).toBe(true);
    const runPath = `${path}/interest-runs/${begun.body.id}`;
    // 29.1666… + 479.1666…
    expect((await api.get(runPath)).body).toMatchObject({
      status: 'COMPLETED',
      credited: yuan('508.33'),
      posted: 1,
      failed: 0,
      lines: [
        {
          type: 'INTEREST',
          side: 'CREDIT',
          amount: yuan('508.33'),
          exact: '508.33333333',
          product: '18000000.00',
          days: 30,
          segments: [
            { rate: '0.35', above: yuan('0.00'), balance: yuan('100000.00'), product: '3000000.00', yearDays: 360 },
            { rate: '1.15', above: yuan('100000.00'), balance: yuan('500000.00'), product: '15000000.00' },
          ],
          status: 'POSTED',
        },
      ],
    });
    expect(heard).toMatchObject([{ status: 'COMPLETED', credited: yuan('508.33') }]);
    expect(await api.post(`${path}/interest-runs`, period)).toMatchObject({
      status: 202,
      body: { status: 'COMPLETED' },
    });
    expect((await api.get(`${path}/interest-runs`)).body).toMatchObject({
      runs: [{ id: begun.body.id, accountId: ids.deposit, status: 'COMPLETED', ...period }],
    });
    expect((await stranger.get(`${path}/interest-runs`)).status).toBe(404);
    expect((await stranger.get(runPath)).status).toBe(404);
    expect((await stranger.get(path)).status).toBe(404);
  });

  it('that was refused is tried again at once when it is asked for again', async () => {
    const path = `/v1/agreed-deposits/${ids.surplus}`;
    await api.put(path, { ...agreed(), payerAccountId: ids.poor });
    const { body } = await api.post(`${path}/interest-runs`, period);
    await system.quiesce();
    expect((await api.get(`${path}/interest-runs/${body.id}`)).body).toMatchObject({
      status: 'PARTIAL',
      failed: 1,
      lines: [{ status: 'FAILED', problem: { code: 'ledger/insufficient-funds' } }],
    });
    const legs = [{ debitAccountId: ids.bank, creditAccountId: ids.poor, amount: yuan('10000.00') }];
    await api.post('/v1/transfers', { legs }, 'help');
    expect((await api.post(`${path}/interest-runs`, period)).body).toMatchObject({ status: 'COMPUTED', attempt: 2 });
    await system.quiesce();
    // 29.1666… + 7,100,000.00 × 30 × 1.15 % / 360 = 6,804.1666…
    expect((await api.get(`${path}/interest-runs/${body.id}`)).body).toMatchObject({
      status: 'COMPLETED',
      attempt: 2,
      credited: yuan('6833.33'),
      lines: [{ status: 'POSTED', amount: yuan('6833.33') }],
    });
  });

  it('of agreed deposits is listed page by page: deposits by account, runs by period, lines in their order', async () => {
    const path = `/v1/agreed-deposits/${ids.late}`;
    await api.put(path, agreed());
    const earlier = { from: addDays(from, -60), to: addDays(from, -30) };
    const later = { from: earlier.to, to: from };
    await api.post(`${path}/interest-runs`, earlier);
    await system.quiesce();
    const legs = [{ debitAccountId: ids.bank, creditAccountId: ids.late, amount: yuan('36000.00') }];
    await api.post('/v1/transfers', { legs, valueDate: addDays(earlier.from, 10) }, 'late');
    const { body } = await api.post(`${path}/interest-runs`, later);
    await system.quiesce();
    // 36,000.00 × 20 × 0.35 % / 360 = 7.00 for the period before, × 30 = 10.50 for this one.
    const lines = await everyPage(`${path}/interest-runs/${body.id}`, 'lines');
    expect(lines).toMatchObject([
      {
        type: 'ADJUSTMENT',
        amount: yuan('7.00'),
        adjusts: { ...earlier, booked: yuan('0.00'), recomputed: yuan('7.00'), days: 20, product: '720000.00' },
      },
      { type: 'INTEREST', amount: yuan('10.50'), days: 30, product: '1080000.00' },
    ]);
    expect(lines[0]).not.toHaveProperty('product');
    const runs = await everyPage(`${path}/interest-runs`, 'runs');
    expect(runs).toMatchObject([later, earlier]);
    const deposits = await everyPage('/v1/agreed-deposits', 'deposits');
    expect(deposits.map(({ accountId }) => accountId)).toEqual([ids.deposit, ids.surplus, ids.late].sort());
  });

  /** What a list holds, read one by one. */
  async function everyPage(path: string, name: string): Promise<Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`${path}?limit=1${cursor}`);
      const page = body[name] as Record<string, unknown>[];
      expect(page).toHaveLength(1);
      found.push(...page);
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    return found;
  }

  it('of a notional pool is paged line by line', async () => {
    const pool = await api.post(
      '/v1/pools',
      { name: 'Notional', currency: 'CNY', kind: 'NOTIONAL', headerAccountId: ids.header },
      'pool',
    );
    const path = `/v1/pools/${pool.body.id}`;
    const members = [{ accountId: ids.surplus }, { accountId: ids.deficit }];
    expect((await api.put(`${path}/members`, { members })).status).toBe(200);
    expect((await api.post(`${path}/interest-runs`, period)).body.code).toBe('pooling/interest-terms-missing');
    expect(await api.get(`${path}/interest-terms`)).toMatchObject({
      status: 404,
      body: { code: 'pooling/interest-terms-not-found', poolId: pool.body.id },
    });
    const rate = (percent: string) => [{ effectiveFrom: '2020-01-01', rate: percent }];
    const shares = [
      { accountId: ids.surplus, percentage: '33.33' },
      { accountId: ids.deficit, percentage: '66.67' },
    ];
    const settlementDay = { frequency: 'YEARLY', day: 31, from, time: '09:00' };
    const terms = {
      base: { name: 'LPR 1Y', rates: rate('3.10') },
      credit: rate('1.00'),
      debit: [{ effectiveFrom: '2020-01-01', spread: '1.25' }],
      allocation: { method: 'FIXED_PERCENTAGES', shares },
      settlementDay,
    };
    const set = await api.put(`${path}/interest-terms`, terms);
    expect(set).toMatchObject({
      status: 200,
      body: { version: 1, ...terms, nextSettlement: { from } },
    });
    expect(set.body).not.toHaveProperty('settlement');
    expect(await api.put(`${path}/interest-terms`, { ...terms, settlement: 'LOAN' })).toMatchObject({
      status: 400,
      body: { code: 'pooling/interest-terms-malformed', errors: [{ pointer: '/settlement' }] },
    });
    expect((await api.get(`${path}/interest-terms`)).body).toEqual(set.body);
    const stale = await api.put(`${path}/interest-terms`, { ...terms, segmented: false, expectedVersion: 0 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'pooling/version-conflict', version: 1 } });
    const { body } = await api.post(`${path}/interest-runs`, period);
    await system.quiesce();
    const lines: unknown[] = [];
    let cursor = '';
    let run: unknown;
    do {
      const page = await api.get(`${path}/interest-runs/${body.id}?limit=2${cursor}`);
      lines.push(...(page.body.lines as unknown[]));
      run = page.body;
      cursor = page.body.nextCursor === undefined ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    // 7.2 million earn 6,000.00, 3.6 million cost 13,050.00, the net of 3.6 million earns 3,000.00; the advantage is 10,050.00.
    expect(run).toMatchObject({
      status: 'COMPLETED',
      notional: {
        pooled: { credit: yuan('3000.00'), debit: yuan('0.00'), net: yuan('3000.00') },
        standalone: yuan('-7050.00'),
        advantage: yuan('10050.00'),
        header: { own: yuan('0.00'), remainder: yuan('0.00') },
      },
    });
    expect(lines).toMatchObject([
      { number: 1, accountId: ids.deficit, side: 'DEBIT', amount: yuan('-13050.00') },
      { number: 2, side: 'CREDIT', amount: yuan('6000.00') },
      { number: 3, side: 'SHARE', amount: yuan('3349.67') },
      { number: 4, accountId: ids.deficit, side: 'SHARE', amount: yuan('6700.33') },
    ]);
    expect((await api.get(`${path}/interest-runs`)).body).toMatchObject({ runs: [{ id: body.id, startedBy: 'HAND' }] });
    // What the settlement day settles next begins where this one ended.
    expect((await api.get(`${path}/interest-terms`)).body).toMatchObject({
      settlementDay,
      nextSettlement: { from: to },
    });
    expect((await stranger.get(`${path}/interest-runs/${body.id}`)).status).toBe(404);
    expect((await stranger.get(`${path}/interest-runs`)).status).toBe(404);
  });
});
