import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { contract } from '../../../functions/collection/contract.ts';
import { service as collection } from '../../../functions/collection/service.ts';
import { type Handler, loadFromFolder } from '../../../infra/local/functions.ts';
import { type System, startSystem } from '../../../infra/local/system.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';
import { hvps, ibps, money, question } from '../../functions/collection/rails/samples.ts';
import { rawCall, tokenOf } from '../../support/system.ts';

/** Hears what collection publishes. */
const listener: ServiceDescription = {
  name: 'listener',
  title: 'Listener',
  description: 'For tests.',
  subscriptions: [
    {
      entry: 'on-rails',
      events: ['collection.rails-changed.v1', 'collection.rail-outages-changed.v1'],
      batchSize: 10,
    },
  ],
};

describe('rails and routes by HTTP', () => {
  let system: System;
  const heard: { type: string; tenant: string; data: Record<string, unknown> }[] = [];
  const tokens = new Map<string, string>();

  const listen: Handler = async (event) => {
    for (const { body } of (event as { Records: { body: string }[] }).Records) heard.push(JSON.parse(body).detail);
    return { batchItemFailures: [] };
  };

  beforeAll(async () => {
    system = await startSystem({
      port: 0,
      memory: true,
      quiet: true,
      services: [access, collection, listener],
      loadHandler: async (name, entry) => (name === listener.name ? listen : loadFromFolder(name, entry)),
    });
    for (const client of ['treasurer', 'operator', 'auditor', 'treasurer-2']) {
      tokens.set(client, await tokenOf(system.url, client));
    }
  });
  afterAll(() => system?.stop());

  function send(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, client = 'treasurer') {
    return rawCall(system.url, method, `/v1${path}`, {
      token: tokens.get(client) ?? '',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
  const ask = (more: object = {}, client = 'treasurer') =>
    send('POST', '/routes/quote', { ...question, ...more }, client);

  describe('before a tenant has put any', () => {
    it('are the common ones, and can be put as they are shown', async () => {
      const { status, body } = await send('GET', '/rails', undefined, 'treasurer-2');
      expect([status, body.source, body.version]).toEqual([200, 'DEFAULT', 0]);
      const ids = (body.rails as { id: string }[]).map(({ id }) => id);
      expect(ids).toEqual(['BOOK', 'BEPS', 'IBPS', 'HVPS', 'SEPA_FILE']);
      const put = await send('PUT', '/rails', { rails: body.rails, expectedVersion: 0 }, 'treasurer-2');
      expect(put).toMatchObject({ status: 200, body: { source: 'CONFIGURED', version: 1, rails: body.rails } });
    });

    it('take 1,000,000.00 in the National Day holiday at once, over IBPS', async () => {
      expect(await ask({ amount: money('1000000.00') }, 'auditor')).toMatchObject({
        status: 200,
        body: {
          at: '2025-10-04T02:00:00.000Z',
          outcome: 'RAIL',
          route: { railId: 'IBPS', fee: money('20.00'), takesNow: true, businessDate: '2025-10-04' },
          others: [
            { railId: 'BEPS', lost: { code: 'LESS_FITTING', manner: 'BATCHED', against: 'IMMEDIATE' } },
            {
              railId: 'HVPS',
              lost: {
                code: 'OPENS_LATER',
                earliestExecution: '2025-10-08T12:30:00.000Z',
                against: '2025-10-04T02:00:00.000Z',
              },
            },
          ],
        },
      });
    });

    it('schedule a fen more over HVPS, in the evening before the first working day', async () => {
      const { body } = await ask();
      expect(body).toMatchObject({
        route: {
          railId: 'HVPS',
          fee: money('20.00'),
          takesNow: false,
          earliestExecution: '2025-10-08T12:30:00.000Z',
          businessDate: '2025-10-09',
        },
        others: [],
      });
      expect(body.refused).toEqual([
        {
          railId: 'BEPS',
          code: 'ABOVE_LIMIT',
          detail: 'The amount is above the limit for one item.',
          maximum: money('1000000.00'),
        },
        {
          railId: 'BOOK',
          code: 'NOT_SAME_BANK',
          detail: 'Payer and payee are not provably at the same bank.',
          rule: 'CNAPS_TYPE',
          payer: '102100099996',
          payee: '105100000017',
        },
        {
          railId: 'IBPS',
          code: 'ABOVE_LIMIT',
          detail: 'The amount is above the limit for one item.',
          maximum: money('1000000.00'),
        },
        { railId: 'SEPA_FILE', code: 'CURRENCY', detail: 'The rail carries another currency.', currency: 'EUR' },
      ]);
    });

    it.each([
      ['100000.00', '10.00'],
      ['100000.01', '15.00'],
      ['5000000.00', '100.00'],
    ])('charge for %s %s', async (amount, fee) => {
      const { body } = await ask({ amount: money(amount), policy: 'CHEAPEST' });
      expect(body).toMatchObject({ route: { fee: money(fee) } });
    });

    it('say which cheaper rail a faster one lost to', async () => {
      const { body } = await ask({ amount: money('5.00'), policy: 'FASTEST', at: '2025-10-15T10:00:00+08:00' });
      expect(body).toMatchObject({
        route: { railId: 'IBPS' },
        others: [
          {
            railId: 'HVPS',
            lost: {
              code: 'SETTLES_LATER',
              settlement: '2025-10-15T02:05:00.000Z',
              against: '2025-10-15T02:01:00.000Z',
            },
          },
          { railId: 'BEPS' },
        ],
      });
    });

    it('do not guess beyond the published calendar', async () => {
      const { body } = await ask({ at: '2027-03-01T10:00:00+08:00' });
      expect(body).toMatchObject({ outcome: 'NONE_LEFT', reason: 'NO_ROUTE' });
      expect(body).not.toHaveProperty('route');
      expect(body.refused).toContainEqual({
        railId: 'HVPS',
        code: 'CALENDAR_NOT_PUBLISHED',
        detail: 'The working days that the answer hangs on are not published yet.',
        calendar: 'CN_STATE_COUNCIL',
        date: '2027-03-01',
      });
    });
  });

  describe('after attempts', () => {
    const small = { amount: money('1000.00'), at: '2025-10-15T10:00:00+08:00' };
    const attempts = (...states: [string, string][]) => ({
      ...small,
      attempts: states.map(([railId, state]) => ({ railId, state })),
    });

    it('lead on to the next rail where the first refused', async () => {
      const { body } = await ask(attempts(['BEPS', 'REFUSED']));
      expect(body).toMatchObject({ outcome: 'RAIL', route: { railId: 'IBPS' } });
      expect(body.refused).toContainEqual({
        railId: 'BEPS',
        code: 'ALREADY_TRIED',
        detail: 'The item was on this rail before.',
      });
    });

    it('wait where nobody knows, and name no rail to send it on', async () => {
      const { body } = await ask(attempts(['BEPS', 'UNKNOWN'], ['IBPS', 'REFUSED']));
      expect(body).toMatchObject({ outcome: 'WAIT', waitFor: { railId: 'BEPS', state: 'UNKNOWN' }, others: [] });
      expect(body).not.toHaveProperty('route');
    });

    it.each([
      [[['BEPS', 'SETTLED']], 'SETTLED'],
      [[['BEPS', 'DECLINED']], 'DECLINED'],
      [
        [
          ['BEPS', 'REFUSED'],
          ['IBPS', 'REFUSED'],
          ['HVPS', 'NEVER_LEFT'],
        ],
        'ALL_TRIED',
      ],
    ] as [[string, string][], string][])('%j end it: %s', async (states, reason) => {
      expect((await ask(attempts(...states))).body).toMatchObject({ outcome: 'NONE_LEFT', reason });
    });
  });

  it('are put, shown with who put them, and used; a version that was overtaken is refused', async () => {
    const first = await send('PUT', '/rails', { rails: [ibps, hvps], expectedVersion: 0 });
    expect(first).toMatchObject({
      status: 200,
      body: { version: 1, rails: [ibps, hvps], changedBy: { client: 'treasurer', role: 'treasurer' } },
    });
    expect((await send('GET', '/rails', undefined, 'auditor')).body).toEqual(first.body);
    const changed = { ...ibps, maximum: money('2000000.00') };
    await send('PUT', '/rails', { rails: [changed, hvps], expectedVersion: 1 });
    expect((await ask()).body).toMatchObject({
      railsVersion: 2,
      route: { railId: 'IBPS' },
      others: [{ railId: 'HVPS' }],
    });
    expect(await send('PUT', '/rails', { rails: [ibps], expectedVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: 'collection/version-conflict', version: 2, errors: [{ pointer: '/expectedVersion' }] },
    });
  });

  it('that contradict each other are refused, and nothing is changed', async () => {
    const before = (await send('GET', '/rails')).body;
    const overlapping = [ibps, { ...ibps, effectiveFrom: '2026-01-01' }];
    expect(await send('PUT', '/rails', { rails: overlapping })).toMatchObject({
      status: 400,
      body: { code: 'request/malformed', errors: [{ pointer: '/rails/1/effectiveFrom' }] },
    });
    expect((await send('GET', '/rails')).body).toEqual(before);
  });

  it('of the reference work as they stand', async () => {
    const { putRails, quoteRoute, putRailOutages } = contract;
    const put = await send('PUT', '/rails', putRails.example.body, 'treasurer-2');
    expect(put).toMatchObject({ status: 200, body: { rails: putRails.example.response.rails } });
    const asked = await send('POST', '/routes/quote', quoteRoute.example.body, 'treasurer-2');
    expect(asked.body).toEqual({ ...quoteRoute.example.response, railsVersion: put.body.version });
    const { path, body, response } = putRailOutages.example;
    expect(await send('PUT', `/rails/${path.railId}/outages`, body, 'treasurer-2')).toMatchObject({
      status: 200,
      body: { railId: response.railId, outages: response.outages },
    });
  });

  it('fail over in an outage and come back when it is over', async () => {
    const small = { amount: money('1000.00'), policy: 'FASTEST', at: '2025-10-15T10:00:00+08:00' };
    expect((await ask(small)).body).toMatchObject({ route: { railId: 'HVPS' } });
    const outage = { from: '2025-10-15T09:00:00+08:00', to: '2025-10-15T11:00:00+08:00' };
    const put = await send('PUT', '/rails/HVPS/outages', { outages: [outage], expectedVersion: 0 }, 'operator');
    const shown = { from: '2025-10-15T01:00:00.000Z', to: '2025-10-15T03:00:00.000Z' };
    expect(put).toMatchObject({ status: 200, body: { railId: 'HVPS', version: 1, outages: [shown] } });
    expect((await send('GET', '/rails')).body).toMatchObject({ outages: [{ railId: 'HVPS', outages: [shown] }] });
    const { body } = await ask(small);
    expect(body).toMatchObject({ route: { railId: 'IBPS' } });
    expect(body.refused).toContainEqual({
      railId: 'HVPS',
      code: 'OUTAGE',
      detail: 'The rail is down when it would take the item.',
      ...shown,
      takesAgainAt: shown.to,
    });
    expect((await ask({ ...small, at: '2025-10-15T11:00:00+08:00' })).body).toMatchObject({
      route: { railId: 'HVPS' },
    });
    await send('PUT', '/rails/HVPS/outages', { outages: [], expectedVersion: 1 });
    expect((await ask(small)).body).toMatchObject({ route: { railId: 'HVPS' } });
    expect(await send('PUT', '/rails/CIPS/outages', { outages: [] })).toMatchObject({
      status: 404,
      body: { code: 'collection/rail-not-found' },
    });
  });

  it('are told to the bus, each change once', async () => {
    expect(await system.quiesce()).toBe(true);
    const told = heard.filter(({ tenant }) => tenant === 'demo');
    const versionsOf = (type: string) =>
      told
        .filter((event) => event.type === type)
        .map(({ data }) => data.version)
        .sort();
    expect(versionsOf('collection.rails-changed.v1')).toEqual([1, 2]);
    expect(versionsOf('collection.rail-outages-changed.v1')).toEqual([1, 2]);
  });
});
