import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const creditor = {
  name: '华东集团有限公司',
  account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } },
};

describe('collections through the API', () => {
  let system: System;
  let api: ApiClient;
  let account = '';

  beforeAll(async () => {
    system = await startInMemory();
    api = await signIn(system.url, 'treasurer');
    account = expectSuccess(
      await api.post('/v1/accounts', { currency: 'CNY', holder: '华东集团', name: 'Main' }, 'main'),
    ).id;
    expectSuccess(await api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
  });
  // Days pass in some tests, and tokens live an hour.
  beforeEach(async () => {
    api = await signIn(system.url, 'treasurer');
  });
  afterAll(() => system?.stop());

  /** Lets so many minutes pass, and everything that they bring with them be done. */
  async function pass(minutes: number) {
    const { now: before } = expectSuccess(await api.get('/local/clock'));
    const now = new Date(Date.parse(before) + minutes * 60_000).toISOString();
    const token = await tokenOf(system.url, 'treasurer');
    const { status, body } = await rawCall(system.url, 'POST', '/local/clock', {
      token,
      body: JSON.stringify({ now }),
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await system.quiesce()).toBe(true);
  }

  /** An active mandate over an account of the sandbox bank; its last digits say what the bank does. */
  async function mandate(agreementNumber: string, suffix: string, more: object = {}) {
    const request = {
      agreementNumber,
      payer: {
        name: '江南机械厂',
        account: { type: 'ACCOUNT', number: `3200188123605250${suffix}`, bank: { cnaps: '102100099996' } },
      },
      currency: 'CNY',
      signedOn: '2026-01-05',
      validFrom: '2026-01-05',
      ...more,
    };
    const { id } = expectSuccess(await api.post('/v1/mandates', request, agreementNumber));
    expectSuccess(await api.post(`/v1/mandates/${id}/confirm`, {}));
    return id as string;
  }

  const line = (agreementNumber: string, amount: string, more: object = {}) => ({
    agreementNumber,
    amount: yuan(amount),
    ...more,
  });
  const items = async (batchId: string) =>
    expectSuccess(await api.get(`/v1/collection-batches/${batchId}/items?limit=100`)).items;
  const batch = async (batchId: string) => expectSuccess(await api.get(`/v1/collection-batches/${batchId}`));
  /** How often the bus was told what of a batch or collection; the same event is counted once. */
  async function told(subject: string): Promise<Record<string, number>> {
    const found = new Map<string, string>();
    let after = 0;
    for (;;) {
      const { events } = expectSuccess(await api.get(`/local/events?after=${after}`));
      if (events.length === 0) break;
      for (const { event } of events) if (event.subject === subject) found.set(event.id, event.type);
      after = events.at(-1).position;
    }
    const names = [...found.values()].map((type) => type.replace(/^collection\.(.*)\.v1$/, '$1'));
    return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, some]) => [name, some.length]));
  }
  const posted = async (id: string) => expectSuccess(await api.get(`/v1/accounts/${id}/balance`)).posted.amount;

  it('of five with one insufficient and one revoked three are booked, and the batch is PARTIAL', async () => {
    for (const [name, suffix] of [
      ['A1', '5101'],
      ['A2', '0002'],
      ['A3', '5103'],
      ['A4', '0004'],
      ['A5', '5105'],
    ] as const)
      await mandate(name, suffix);
    const lines = ['A1', 'A2', 'A3', 'A4', 'A5'].map((name, place) => line(name, `${place + 1}00.00`));
    const answer = await api.post('/v1/collection-batches', { number: 'five', creditAccountId: account, lines });
    const { id } = expectSuccess(answer);
    await system.quiesce();
    await pass(35);
    expect(await batch(id)).toMatchObject({
      state: 'PARTIAL',
      money: { open: yuan('0.00'), settled: yuan('900.00'), failed: yuan('600.00') },
      items: { SETTLED: 3, FAILED: 2 },
    });
    expect((await items(id)).map(({ state, reason }: { state: string; reason?: string }) => [state, reason])).toEqual([
      ['SETTLED', undefined],
      ['FAILED', 'INSUFFICIENT_FUNDS'],
      ['SETTLED', undefined],
      ['FAILED', 'NO_MANDATE'],
      ['SETTLED', undefined],
    ]);
    expect(await posted(account)).toBe('885.00');
    expect(await told(id)).toEqual({
      'batch-accepted': 1,
      'item-accepted': 5,
      'item-routed': 5,
      'item-submitted': 5,
      'item-settled': 3,
      'item-failed': 2,
      'batch-ended': 1,
    });
  });

  it('sent again under its number a batch is the first one; other lines under it are refused', async () => {
    await mandate('B1', '5201');
    const request = { number: 'again', creditAccountId: account, lines: [line('B1', '10.00')] };
    const first = await api.post('/v1/collection-batches', request);
    expect(await api.post('/v1/collection-batches', request)).toEqual(first);
    const other = await api.post('/v1/collection-batches', { ...request, lines: [line('B1', '11.00')] });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'collection/batch-number-taken', batchId: first.body.id },
    });
  });

  it('names each fault of a batch by its line, and the other lines go on', async () => {
    await mandate('C1', '5301');
    const { now } = expectSuccess(await api.get('/local/clock'));
    const inDays = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
    await mandate('C2', '5302', { validTo: inDays(3) });
    const lines = [
      line('C1', '10.00'),
      line('C1', '10.005'),
      line('C2', '10.00', { dueDate: inDays(5) }),
      line('C9', '10.00'),
      line('C1', '10.00', { payerName: '=HYPERLINK("x")' }),
      line('C1', '10.00', { payerName: '别人' }),
      { amount: yuan('1.00') },
    ];
    const { id, lines: counts } = expectSuccess(
      await api.post('/v1/collection-batches', { number: 'faults', creditAccountId: account, lines }),
    );
    expect(counts).toEqual({ sent: 7, accepted: 1, refused: 6 });
    const refused = expectSuccess(await api.get(`/v1/collection-batches/${id}/refused-lines`)).lines;
    expect(refused.map((one: Record<string, string>) => [one.line, one.code, one.field])).toEqual([
      [2, 'MALFORMED', 'amount.amount'],
      [3, 'MANDATE_NOT_ACTIVE', 'agreementNumber'],
      [4, 'MANDATE_NOT_FOUND', 'agreementNumber'],
      [5, 'MALFORMED', 'payerName'],
      [6, 'PAYER_NAME', 'payerName'],
      [7, 'MALFORMED', 'agreementNumber'],
    ]);
  });

  it('accepts nothing of an atomic batch with a fault', async () => {
    const request = { number: 'atomic', creditAccountId: account, atomic: true };
    const lines = [line('C1', '10.00'), line('C9', '10.00')];
    expect(await api.post('/v1/collection-batches', { ...request, lines })).toMatchObject({
      status: 422,
      body: { code: 'collection/lines-refused', lines: [{ line: 2, code: 'MANDATE_NOT_FOUND' }] },
    });
    const mended = await api.post('/v1/collection-batches', { ...request, lines: [line('C1', '10.00')] });
    expect(mended.body).toMatchObject({ number: 'atomic', lines: { sent: 1, accepted: 1, refused: 0 } });
  });

  it('takes a CSV file in GBK, and says where one without a column is wrong', async () => {
    await mandate('D1', '5401');
    const send = async (number: string, bytes: Uint8Array<ArrayBuffer>) => {
      const token = await tokenOf(system.url, 'treasurer');
      const path = `/v1/collection-batch-files?number=${number}&creditAccountId=${account}`;
      return rawCall(system.url, 'POST', path, { token, body: bytes, type: 'text/csv' });
    };
    // 协议号,金额 and 摘要 with 货款 under it, in GBK.
    const gbk = Buffer.from('d0add2e9bac52cbdf0b6ee2cd5aad2aa0a44312c3132332e34352cbbf5bfee0a', 'hex');
    const taken = await send('gbk', Uint8Array.from(gbk));
    expect(taken).toMatchObject({ status: 201, body: { lines: { accepted: 1 } } });
    expect(await items(String(taken.body.id))).toMatchObject([{ amount: yuan('123.45'), description: '货款' }]);
    const refused = await send('none', Uint8Array.from(Buffer.from('协议号\nD1\n')));
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'collection/file-refused', reason: 'missing-column', line: 1 },
    });
  });

  it('one collection is accepted once per key, and comes back two days later where the bank returns it', async () => {
    await mandate('E1', '0010');
    const free = { currency: 'CNY', holder: '华东集团', constraint: { type: 'NONE' } };
    const { id: ownAccount } = expectSuccess(await api.post('/v1/accounts', free, 'free'));
    const request = { creditAccountId: ownAccount, policy: 'FASTEST', collection: line('E1', '77.00') };
    const first = await api.post('/v1/collections', request, 'one');
    expect(expectSuccess(first)).toMatchObject({ amount: yuan('77.00'), state: 'OPEN' });
    expect(expectSuccess(await api.post('/v1/collections', request, 'one')).id).toBe(first.body.id);
    const other = { ...request, collection: line('E1', '78.00') };
    expect(await api.post('/v1/collections', other, 'one')).toMatchObject({
      body: { code: 'request/idempotency-key-reused' },
    });
    await system.quiesce();
    await pass(2);
    const shown = async () => expectSuccess(await api.get(`/v1/collections/${first.body.id}`));
    expect(await shown()).toMatchObject({ state: 'COMPLETED', money: { settled: yuan('77.00') } });
    await pass(2 * 24 * 60 + 2);
    api = await signIn(system.url, 'treasurer');
    expect(await shown()).toMatchObject({
      state: 'FAILED',
      money: { settled: yuan('0.00'), returned: yuan('77.00') },
      items: [{ state: 'RETURNED', tries: [{ state: 'RETURNED', code: 'MS02' }] }],
    });
    expect(await told(first.body.id)).toEqual({
      'collection-accepted': 1,
      'item-accepted': 1,
      'item-routed': 1,
      'item-submitted': 1,
      'item-settled': 1,
      'collection-ended': 1,
      'item-returned': 1,
    });
    // What the bank took for it, it keeps.
    expect(await posted(ownAccount)).toBe('-5.00');
  });

  it('what waits for its day is cancelled on demand, and refused where its mandate does not allow it', async () => {
    await mandate('F1', '5601', { limits: { perTransaction: yuan('50.00') } });
    const due = new Date(Date.parse(expectSuccess(await api.get('/local/clock')).now) + 5 * 86_400_000);
    const dueDate = due.toISOString().slice(0, 10);
    const request = { creditAccountId: account, collection: line('F1', '50.00', { dueDate }) };
    const { id } = expectSuccess(await api.post('/v1/collections', request, 'later'));
    await system.quiesce();
    expect(await told(id)).toEqual({ 'collection-accepted': 1, 'item-accepted': 1 });
    expect(expectSuccess(await api.post(`/v1/collections/${id}/cancel`, {}))).toMatchObject({
      state: 'CANCELLED',
      money: { cancelled: yuan('50.00'), open: yuan('0.00') },
      items: [{ state: 'CANCELLED' }],
    });
    const tooMuch = { creditAccountId: account, collection: line('F1', '50.01') };
    expect(await api.post('/v1/collections', tooMuch, 'much')).toMatchObject({
      status: 409,
      body: {
        code: 'collection/collection-refused',
        reason: 'ABOVE_TRANSACTION_LIMIT',
        errors: [{ pointer: '/collection/amount' }],
      },
    });
    const unknown = { creditAccountId: account, collection: line('F9', '1.00') };
    expect(await api.post('/v1/collections', unknown, 'unknown')).toMatchObject({
      body: { reason: 'MANDATE_NOT_FOUND', errors: [{ pointer: '/collection/agreementNumber' }] },
    });
  });

  it('a collection by itself is no batch, and a batch no collection', async () => {
    await mandate('G1', '5701');
    const one = { creditAccountId: account, policy: 'FASTEST', collection: line('G1', '5.00') };
    const { id: collectionId, items: shown } = expectSuccess(await api.post('/v1/collections', one, 'by-itself'));
    expect(shown).toMatchObject([{ agreementNumber: 'G1', payerName: '江南机械厂' }]);
    const many = { number: 'both', creditAccountId: account, policy: 'FASTEST', lines: [line('G1', '6.00')] };
    const { id: batchId } = expectSuccess(await api.post('/v1/collection-batches', many));
    const [asBatch, asCollection] = [collectionId.replace('col_', 'cb_'), batchId.replace('cb_', 'col_')];
    for (const path of ['', '/items', '/refused-lines']) {
      const answer = await api.get(`/v1/collection-batches/${asBatch}${path}`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'collection/batch-not-found' } });
    }
    const notFound = { status: 404, body: { code: 'collection/collection-not-found' } };
    expect(await api.get(`/v1/collections/${asCollection}`)).toMatchObject(notFound);
    expect(await api.post(`/v1/collections/${asCollection}/cancel`, {})).toMatchObject(notFound);
    expect(await api.post(`/v1/collection-batches/${asBatch}/cancel`, {})).toMatchObject({ status: 404 });
    await system.quiesce();
    expect((await items(batchId))[0]).toMatchObject({ agreementNumber: 'G1', payerName: '江南机械厂' });
    expect((await items(batchId))[0].state).not.toBe('CANCELLED');
  });

  it('lists say how each stands, page by page, and a batch is found by its number', async () => {
    await mandate('H1', '5801');
    const number = 'list';
    const lines = [line('H1', '7.00')];
    const { id } = expectSuccess(
      await api.post('/v1/collection-batches', { number, creditAccountId: account, policy: 'FASTEST', lines }),
    );
    const found = async (of: string) => expectSuccess(await api.get(`/v1/collection-batches?number=${of}`)).batches;
    expect(await found(number)).toMatchObject([{ id, number, state: 'OPEN', amount: yuan('7.00') }]);
    expect(await found('nowhere')).toEqual([]);
    await system.quiesce();
    await pass(2);
    expect(await found(number)).toMatchObject([{ id, state: 'COMPLETED' }]);

    const all = await pages('/v1/collection-batches', 'batches');
    const collections = await pages('/v1/collections', 'collections');
    expect(all.every((one) => one.id.startsWith('cb_'))).toBe(true);
    expect(collections.every((one) => one.id.startsWith('col_'))).toBe(true);
    for (const one of all) expect(one.state).toBe((await batch(one.id)).state);
    for (const one of collections) {
      expect(one.state).toBe(expectSuccess(await api.get(`/v1/collections/${one.id}`)).state);
    }
    expect(new Set(collections.map(({ state }) => state))).toEqual(new Set(['FAILED', 'CANCELLED', 'COMPLETED']));
    const newestFirst = (some: Listed[]) =>
      some
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .reverse();
    expect(collections.map(({ createdAt }) => createdAt)).toEqual(newestFirst(collections));
    expect(all[0]?.id).toBe(id);
  });

  interface Listed {
    readonly id: string;
    readonly state: string;
    readonly createdAt: string;
  }

  /** All of a list, two at a time. */
  async function pages(path: string, name: string): Promise<Listed[]> {
    const found: Listed[] = [];
    let more = '';
    do {
      const body = expectSuccess(await api.get(`${path}?limit=2${more}`));
      found.push(...body[name]);
      more = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (more !== '');
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    return found;
  }
});
