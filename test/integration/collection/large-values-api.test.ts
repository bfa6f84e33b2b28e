import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as accessService } from '../../../functions/access/service.ts';
import { service as collectionService } from '../../../functions/collection/service.ts';
import { service as ledgerService } from '../../../functions/ledger/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { instantOf } from '../../../shared/calendar/local-time.ts';
import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const creditor = { name: '华东集团', account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } } };
/** The day after the test: it has nothing in it but what the test does. */
const day = addDays(businessDateOf(new Date()), 1);

describe('large values through the API', () => {
  let system: System;
  let api: ApiClient;
  let account = '';

  beforeAll(async () => {
    system = await startInMemory({
      services: [accessService, ledgerService, collectionService],
      now: instantOf(day, '10:00'),
    });
    api = await signIn(system.url, 'treasurer');
    const main = { currency: 'CNY', holder: '华东集团', name: 'Main' };
    account = expectSuccess(await api.post('/v1/accounts', main, 'main')).id;
    expectSuccess(await api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
    await mandate('A1', '江南机械厂', '32001881236052505101');
    await mandate('A2', '江南机械厂', '32001881236052505101');
    await mandate('B1', '张三', '32001881236052505102', { kind: 'PERSON' });
    await mandate('C1', '西湖商店', '32001881236052505103');
    await collect('first', [
      { agreementNumber: 'A1', amount: yuan('1000000.00') },
      { agreementNumber: 'C1', amount: yuan('1000000.00') },
      { agreementNumber: 'C1', amount: yuan('999999.99') },
    ]);
    await collect('second', [{ agreementNumber: 'A2', amount: yuan('1000000.00') }]);
    const collection = { agreementNumber: 'B1', amount: yuan('500000.00') };
    expectSuccess(await api.post('/v1/collections', { creditAccountId: account, collection }, 'single'));
    expect(await system.quiesce()).toBe(true);
    await setClock('10:40');
  });
  afterAll(() => system?.stop());

  /** To a time in Shanghai on that day, or so many days later; whoever was signed in is so anew. */
  async function setClock(time: string, days = 0) {
    const now = instantOf(addDays(day, days), time).toISOString();
    const { status } = await rawCall(system.url, 'POST', '/local/clock', { body: JSON.stringify({ now }) });
    expect(status).toBe(200);
    expect(await system.quiesce()).toBe(true);
    api = await signIn(system.url, 'treasurer');
  }

  async function mandate(agreementNumber: string, name: string, number: string, more: object = {}) {
    const payer = { name, account: { number, bank: { cnaps: '102100099996' } }, ...more };
    const terms = { agreementNumber, currency: 'CNY', signedOn: '2026-01-05', validFrom: '2026-01-05' };
    const { id } = expectSuccess(await api.post('/v1/mandates', { ...terms, payer }, agreementNumber));
    expectSuccess(await api.post(`/v1/mandates/${id}/confirm`, {}));
  }

  async function collect(number: string, lines: readonly object[]) {
    const request = { number, creditAccountId: account, lines };
    expectSuccess(await api.post('/v1/collection-batches', request));
  }

  const list = async (query: string, by = api) => expectSuccess(await by.get(`/v1/large-values?${query}`));
  const byKind = (largeValues: readonly { payer: { kind: string } }[]) =>
    [...largeValues].sort((one, other) => (one.payer.kind < other.payer.kind ? -1 : 1));

  it('lists today’s payers at their threshold with what makes it up, and no other', async () => {
    const { largeValues, nextCursor } = await list(`date=${day}`);
    expect(nextCursor).toBeUndefined();
    expect(byKind(largeValues)).toMatchObject([
      {
        payer: { name: '江南机械厂', kind: 'COMPANY', account: { type: 'ACCOUNT', number: '****5101' } },
        total: yuan('2000000.00'),
        threshold: yuan('2000000.00'),
        count: 2,
        singleReached: false,
        collections: [{ line: 1, piece: 1, amount: yuan('1000000.00') }, { amount: yuan('1000000.00') }],
      },
      {
        payer: { name: '张三', kind: 'PERSON', account: { number: '****5102' } },
        total: yuan('500000.00'),
        threshold: yuan('500000.00'),
        count: 1,
        singleReached: true,
      },
    ]);
    expect((await list(`date=${addDays(day, -1)}`)).largeValues).toEqual([]);
  });

  it('goes on from page to page, a collection at a time', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list(`date=${day}&limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.largeValues.flatMap((one: { collections: { orderId: string }[] }) => one.collections));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    const { largeValues } = await list(`date=${day}`);
    expect(seen).toEqual(largeValues.flatMap((one: { collections: object[] }) => one.collections));
    expect(seen).toHaveLength(3);
  });

  it('is for those who answer for the company’s money, and of their own company only', async () => {
    for (const role of ['auditor', 'approver', 'operator']) {
      expect((await list(`date=${day}`, await signIn(system.url, role))).largeValues).toHaveLength(2);
    }
    expect((await list(`date=${day}`, await signIn(system.url, 'auditor-2'))).largeValues).toEqual([]);
    const merchant = await signIn(system.url, 'merchant');
    expect((await merchant.get(`/v1/large-values?date=${day}`)).status).toBe(403);
  });

  it('asks for a day that exists', async () => {
    expect((await api.get('/v1/large-values')).status).toBe(400);
    expect((await api.get('/v1/large-values?date=2026-02-29')).status).toBe(400);
  });

  it('flags what is a large value by itself, where it is shown and where it is told', async () => {
    const events = await told('collection.item-settled.v1');
    const flagged = events.filter(({ data }) => data.largeValue);
    expect(flagged.map(({ data }) => data.amount)).toEqual([yuan('500000.00')]);
    const { items } = expectSuccess(await api.get(`/v1/collections/${flagged[0]?.data.collectionId}`));
    expect(items).toMatchObject([{ largeValue: true, state: 'SETTLED' }]);
    const { largeValues } = await list(`date=${day}`);
    const paid = largeValues.flatMap(({ collections }: { collections: { collectionId?: string }[] }) => collections);
    const byThemselves = paid.flatMap(({ collectionId }: { collectionId?: string }) => collectionId ?? []);
    expect(byThemselves).toEqual([flagged[0]?.data.collectionId]);
  });

  it('tells them once, in the night after', async () => {
    const type = 'collection.large-value-reached.v1';
    expect(await told(type)).toEqual([]);
    await setClock('00:31', 1);
    const events = await told(type);
    const { largeValues } = await list(`date=${day}`);
    const heads = largeValues.map(({ collections: _, ...head }: { collections: unknown }) => head);
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    expect(events.map(({ data }) => data).sort(byId)).toEqual(heads);
    await setClock('00:31', 2);
    expect(await told(type)).toHaveLength(2);
  }, 60_000);

  // biome-ignore lint/suspicious/noExplicitAny: events are read as a script would.
  async function told(type: string): Promise<{ data: any }[]> {
    const response = await fetch(`${system.url}/local/events?type=${type}`);
    const { events } = (await response.json()) as { events: { event: { data: object } }[] };
    return events.map(({ event }) => event);
  }
});
