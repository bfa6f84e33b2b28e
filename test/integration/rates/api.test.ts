import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { rateBetween } from '../../../functions/rates/published.ts';
import { service as rates } from '../../../functions/rates/service.ts';
import { type Handler, loadFromFolder } from '../../../infra/local/functions.ts';
import type { System } from '../../../infra/local/system.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';
import { dollar, euro } from '../../functions/rates/sets.ts';
import { rawCall, startInMemory, tokenOf } from '../../support/system.ts';

/** Hears what the rates publish. */
const listener: ServiceDescription = {
  name: 'listener',
  title: 'Listener',
  description: 'For tests.',
  subscriptions: [{ entry: 'on-rates', events: ['rates.rate-set-changed.v1'], batchSize: 10 }],
};

describe('rate sets by HTTP', () => {
  let system: System;
  const heard: { tenant: string; data: { name: string; version: number } }[] = [];
  const tokens = new Map<string, string>();

  const listen: Handler = async (event) => {
    for (const { body } of (event as { Records: { body: string }[] }).Records) heard.push(JSON.parse(body).detail);
    return { batchItemFailures: [] };
  };

  beforeAll(async () => {
    system = await startInMemory({
      services: [access, rates, listener],
      loadHandler: async (name, entry) => (name === listener.name ? listen : loadFromFolder(name, entry)),
    });
    for (const client of ['treasurer', 'auditor', 'treasurer-2']) tokens.set(client, await tokenOf(system.url, client));
  });
  afterAll(() => system?.stop());

  function send(method: 'GET' | 'PUT', path: string, body?: unknown, client = 'treasurer') {
    return rawCall(system.url, method, `/v1/rate-sets${path}`, {
      token: tokens.get(client) ?? '',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
  const put = (name: string, body: object) => send('PUT', `/${name}`, { rates: [dollar], ...body });

  it('are put, put again without a change, and corrected', async () => {
    const asked = { date: '2026-03-31', source: 'Fixing', rates: [{ ...dollar, rate: '7.12340' }, euro] };
    const first = await put('month-end', asked);
    expect(first).toMatchObject({
      status: 200,
      body: {
        name: 'month-end',
        date: '2026-03-31',
        version: 1,
        source: 'Fixing',
        rates: [euro, dollar],
        changedBy: { client: 'treasurer', role: 'treasurer' },
      },
    });
    expect((await put('month-end', asked)).body).toEqual(first.body);
    const corrected = await put('month-end', { date: '2026-03-31', rates: [dollar], expectedVersion: 1 });
    expect(corrected).toMatchObject({ status: 200, body: { version: 2, rates: [dollar] } });
    expect(corrected.body).not.toHaveProperty('source');
    expect(await put('month-end', { date: '2026-03-31', rates: [euro], expectedVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: 'rates/version-conflict', version: 2, errors: [{ pointer: '/expectedVersion' }] },
    });
  });

  it('say which date they are of', async () => {
    await put('dated', { date: '2026-02-28' });
    await put('dated', { date: '2026-03-31' });
    const found = async (query: string) => (await send('GET', `/dated${query}`, undefined, 'auditor')).body;
    expect(await found('?date=2026-02-28')).toMatchObject({ date: '2026-02-28', found: 'ON_DATE', rates: [dollar] });
    expect(await found('?date=2026-03-30')).toMatchObject({ date: '2026-02-28', found: 'BEFORE_DATE' });
    expect(await found('')).toMatchObject({ date: '2026-03-31', found: 'NEWEST' });
    expect(await send('GET', '/dated?date=2026-02-27')).toMatchObject({
      status: 404,
      body: { code: 'request/not-found' },
    });
  });

  it('are listed page by page', async () => {
    for (const name of ['list.a', 'list.b', 'list.c']) await put(name, { date: '2026-03-31' });
    const names: string[] = [];
    let cursor = '';
    do {
      const { status, body } = await send('GET', `?limit=2${cursor}`);
      expect(status).toBe(200);
      names.push(...(body.rateSets as { name: string }[]).map(({ name }) => name));
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(names.filter((name) => name.startsWith('list.'))).toEqual(['list.a', 'list.b', 'list.c']);
    expect(names).toEqual([...new Set(names)].sort());
    const { body } = await send('GET', '?limit=1');
    const theirs = await send('GET', `?limit=1&cursor=${body.nextCursor}`, undefined, 'treasurer-2');
    expect(theirs).toMatchObject({ status: 400, body: { code: 'request/cursor-not-usable' } });
  });

  it('of another tenant are not found', async () => {
    await put('private', { date: '2026-03-31' });
    expect(await send('GET', '/private', undefined, 'treasurer-2')).toMatchObject({
      status: 404,
      body: { code: 'request/not-found' },
    });
    expect((await send('GET', '', undefined, 'treasurer-2')).body).toEqual({ rateSets: [] });
    await expect(rateBetween('demo2', 'private', '2026-03-31', 'USD', 'CNY')).rejects.toMatchObject({
      code: 'rates/rate-missing',
    });
  });

  it('give other capabilities a rate', async () => {
    await put('published', { date: '2026-03-31', rates: [{ ...dollar, rate: '7.5' }] });
    expect(await rateBetween('demo', 'published', '2026-04-15', 'USD', 'CNY')).toEqual({
      numerator: 75n,
      denominator: 10n,
      date: '2026-03-31',
    });
  });

  it('are told to the bus, each version once', async () => {
    await put('told', { date: '2026-03-31' });
    await put('told', { date: '2026-03-31' });
    await put('told', { date: '2026-03-31', rates: [euro] });
    expect(await system.quiesce()).toBe(true);
    const told = heard
      .filter(({ data }) => data.name === 'told')
      .toSorted((one, other) => one.data.version - other.data.version);
    expect(told).toMatchObject([
      { tenant: 'demo', data: { version: 1, date: '2026-03-31', rates: [dollar] } },
      { tenant: 'demo', data: { version: 2, date: '2026-03-31', rates: [euro] } },
    ]);
  });
});
