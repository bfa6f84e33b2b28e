import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerPoolContract } from '../../../functions/pooling/contract-ledgers.ts';
import type { ConsumerHandler } from '../../../shared/events/consume.ts';
import type { ApiHandler } from '../../../shared/http/api.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { type Call, call, treasurer } from '../../shared/http/tiny-service.ts';
import { anEngine } from '../../support/engines.ts';
import { envelopeOf, queueMessage, someEvent } from '../../support/events.ts';
import { localAccess } from '../../support/tables.ts';
import { ledgerPool } from './ledger-pools.ts';
import { yuan } from './pools.ts';
import { openAccount, poolingOnEngine, type TestPooling } from './support.ts';

describe('the API of ledger pools', () => {
  let pooling: TestPooling;
  let handler: ApiHandler;
  let onReceipt: ConsumerHandler;
  let poolId = '';
  let bank = '';
  let rootAccountId = '';

  beforeAll(async () => {
    setLogSink(() => {});
    pooling = await poolingOnEngine(anEngine());
    Object.assign(process.env, pooling.tables, {
      AWS_ENDPOINT_URL_DYNAMODB: pooling.endpoint,
      AWS_REGION: localAccess.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      NUMBER_HASH_KEY: 'key of the host',
    });
    handler = (await import('../../../functions/pooling/api.ts')).handler;
    onReceipt = (await import('../../../functions/pooling/on-receipt.ts')).handler;
    const pool = await ledgerPool(pooling, 'demo', 100_000n);
    poolId = pool.id;
    bank = pool.headerAccountId;
    rootAccountId = pool.rootAccountId;
  });
  afterAll(() => {
    setLogSink((line) => process.stdout.write(`${line}\n`));
    pooling?.close();
  });

  const resource = '/v1/pools/{poolId}';
  const send = (what: string, more: Call) =>
    call(handler, { resource: `${resource}/${what}`, path: { poolId }, ...more });
  const open = (key: string, body: object, more: Call = {}) =>
    send('ledgers', { body, headers: { 'Idempotency-Key': key }, ...more });
  const book = (key: string, body: object, more: Call = {}) =>
    send('receipts', { body, headers: { 'Idempotency-Key': key }, ...more });

  it('opens a ledger, books a receipt into it, lists it and tells its statement', async () => {
    const opened = await open('shop', {
      name: '深圳销售',
      holder: 'Shop',
      overdraftLimit: yuan('50.00'),
      virtualAccounts: ['6228 4800 0000 0017'],
    });
    expect(opened).toMatchObject({
      status: 201,
      body: {
        poolId,
        name: '深圳销售',
        holder: 'Shop',
        purpose: 'GENERAL',
        status: 'ACTIVE',
        posted: yuan('0.00'),
        available: yuan('50.00'),
        overdraftLimit: yuan('50.00'),
        virtualAccounts: ['****0017'],
        references: {},
      },
    });
    const { accountId } = opened.body as { accountId: string };
    const booked = await book('r-1', { virtualAccount: '6228480000000017', amount: yuan('88.00') });
    expect(booked).toMatchObject({
      status: 201,
      body: { accountId, amount: yuan('88.00'), virtualAccount: '****0017' },
    });
    expect((await book('r-1', { virtualAccount: '6228480000000017', amount: yuan('88.00') })).body).toEqual(
      booked.body,
    );

    const listed = await send('ledgers', { method: 'GET' });
    expect(listed).toMatchObject({
      status: 200,
      body: {
        main: { accountId: rootAccountId, posted: yuan('1000.00'), minBalance: yuan('0.00') },
        ledgers: [{ accountId, posted: yuan('88.00'), available: yuan('138.00') }],
      },
    });
    expect((await send('ledgers', { method: 'GET', query: { limit: '1' } })).body).not.toHaveProperty('nextCursor');

    const { valueDate } = booked.body as { valueDate: string };
    const statement = await call(handler, {
      method: 'GET',
      resource: `${resource}/accounts/{accountId}/statement`,
      path: { poolId, accountId },
      query: { from: valueDate, to: valueDate },
    });
    expect(statement).toMatchObject({
      status: 200,
      body: {
        opening: yuan('0.00'),
        closing: yuan('88.00'),
        entries: [{ side: 'CREDIT', amount: yuan('88.00'), balance: yuan('88.00'), valueDate }],
      },
    });
  });

  it('tells a statement in pages by its cursor', async () => {
    for (const key of ['p-1', 'p-2', 'p-3']) await book(key, { amount: yuan('1.00') });
    const page = (more: Record<string, string>) =>
      call(handler, {
        method: 'GET',
        resource: `${resource}/accounts/{accountId}/statement`,
        path: { poolId, accountId: rootAccountId },
        query: { from: '2026-03-01', to: '2999-01-01', limit: '2', ...more },
      });
    const first = await page({});
    const { entries, nextCursor } = first.body as { entries: unknown[]; nextCursor: string };
    const second = await page({ cursor: nextCursor });
    expect([entries.length, (second.body as { entries: unknown[] }).entries.length]).toEqual([2, 2]);
    expect((await page({ cursor: nextCursor, to: '2998-01-01' })).status).toBe(400);
  });

  it.each([
    ['two limits', { name: 'x', minBalance: yuan('1.00'), overdraftLimit: yuan('1.00') }, '/overdraftLimit'],
    ['a negative limit', { name: 'x', minBalance: yuan('-1.00') }, '/minBalance/amount'],
    ['a number of three characters', { name: 'x', virtualAccounts: ['1 2-3'] }, '/virtualAccounts/0'],
    ['a number twice', { name: 'x', virtualAccounts: ['VA 01', 'va-01'] }, '/virtualAccounts/1'],
    [
      '21 numbers',
      { name: 'x', virtualAccounts: Array.from({ length: 21 }, (_, n) => `VA10${n}`) },
      '/virtualAccounts',
    ],
    ['an unknown purpose', { name: 'x', purpose: 'WAGE' }, '/purpose'],
  ])('refuses a ledger with %s', async (_, body, pointer) => {
    expect(await open('bad', body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('refuses a receipt that names its ledger twice', async () => {
    const body = { amount: yuan('1.00'), virtualAccount: 'VA0001', accountId: rootAccountId };
    expect(await book('bad', body)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/accountId' }] } });
  });

  it('does not show one tenant the pool of another', async () => {
    const claims = { ...treasurer, tenant: 'demo2' };
    expect((await send('ledgers', { method: 'GET', claims })).status).toBe(404);
    expect((await open('foreign', { name: 'x' }, { claims })).status).toBe(404);
    expect((await book('foreign', { amount: yuan('1.00') }, { claims })).status).toBe(404);
  });

  it('points at the field of the caller where the ledger refuses', async () => {
    const frozen = await openAccount(pooling, 'demo', { name: 'customer', limit: 'at least 0.00' });
    const refused = await book('poor', { amount: yuan('1.00'), debitAccountId: frozen });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'ledger/insufficient-funds', errors: [{ pointer: '/debitAccountId' }] },
    });
  });

  it('takes receipts from the queue, and reports what is no receipt alone', async () => {
    const data = {
      entryId: 'ent_1',
      creditKey: 'crd_1',
      accountId: bank,
      amount: yuan('12.00'),
      reversal: false,
      references: { endToEndId: '6228480000000017' },
      detailsCount: 0,
      details: [],
    };
    const type = 'statements.receipt-recorded.v1';
    const message = (id: string, content: unknown) =>
      queueMessage(id, envelopeOf(someEvent(id, { type, data: content })));
    const Records = [message('m1', data), message('m2', { ...data, amount: 'much' }), message('m3', data)];
    const answer = await onReceipt({ Records } as SQSEvent);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm2' }]);
    const { body } = await send('ledgers', { method: 'GET' });
    expect(body).toMatchObject({ ledgers: [{ posted: yuan('100.00') }] });
  });

  it.each(Object.entries(ledgerPoolContract))('shows an example of %s that it would take and give', (_, operation) => {
    const { example, response } = operation;
    expect(response.safeParse(example.response).error).toBeUndefined();
    if ('body' in operation && 'body' in example) {
      expect(operation.body.safeParse(example.body).error).toBeUndefined();
    }
  });
});
