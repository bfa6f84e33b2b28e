import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpApi } from '../../../shared/http/api.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { general } from '../../../shared/problems/general.ts';
import { setClockSource } from '../../../shared/time/clock.ts';
import { call, contract, paymentBody, service, tinyApi, tinyProblems, treasurer } from './tiny-service.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  setLogSink((line) => lines.push(line));
  setClockSource(() => Date.UTC(2026, 2, 2, 1, 30));
});
afterEach(() => setClockSource(Date.now));

const logged = () => JSON.parse(lines[0] ?? '{}');

/** What the log may hold of digits: no run that could be an account number, but in the numeric timestamp. */
const textOfLog = () => lines.join('\n').replace(/"Timestamp":\d+/, '');

describe('a good request', () => {
  test('reaches its handler checked, with the actor of the claims and the time of the clock', async () => {
    const { handler, seen } = tinyApi();
    const answer = await call(handler, { body: { ...paymentBody, payee: '禹道' } });
    expect(answer).toMatchObject({ status: 201, body: { amount: { amount: '10.50', currency: 'CNY' } } });
    expect(seen).toMatchObject([
      {
        actor: { tenant: 'demo', client: 'treasurer', role: 'treasurer', requestId: 'gateway-1' },
        now: new Date('2026-03-02T01:30:00Z'),
        idempotencyKey: 'key-1',
        body: { legs: [{ amount: { minor: 1050n, currency: 'CNY' } }], payee: '禹道' },
        path: undefined,
        query: undefined,
      },
    ]);
    expect(seen[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test('gives a merchant its own id', async () => {
    const { handler, seen } = tinyApi();
    await call(handler, { method: 'GET', claims: { ...treasurer, role: 'merchant', merchant: 'mer_demo' } });
    expect(seen).toMatchObject([{ actor: { role: 'merchant', merchant: 'mer_demo' } }]);
  });

  test('hands a file on byte for byte, whatever its type', async () => {
    const { handler, seen } = tinyApi();
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const request = {
      resource: '/v1/files',
      body: bytes.toString('base64'),
      base64: true,
      headers: { 'Content-Type': 'x/y' },
    };
    expect((await call(handler, request)).status).toBe(202);
    expect(Buffer.from(seen[0]?.file ?? [])).toEqual(bytes);
  });

  test('needs no token on a public route, and may be answered with text', async () => {
    const { handler } = tinyApi();
    const answer = await call(handler, { method: 'GET', resource: '/ping', claims: null });
    expect(answer).toMatchObject({
      status: 200,
      body: 'pong',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  });
});

describe('every answer', () => {
  test.each([[{ body: paymentBody }], [{ body: '{' }]])('may not be stored, sniffed or framed: %j', async (request) => {
    const { handler } = tinyApi();
    expect((await call(handler, request)).headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'gateway-1',
    });
  });

  test.each([
    ['order-17.retry_2', 'order-17.retry_2'],
    ['550e8400-e29b-41d4-a716-446655440000', '550e8400-e29b-41d4-a716-446655440000'],
    ['6222021234567890123', 'gateway-1'],
    ['a b', 'gateway-1'],
    ['x'.repeat(65), 'gateway-1'],
    ['a\r\nset-cookie: b', 'gateway-1'],
  ])('to a request that calls itself %j is named %j', async (sent, named) => {
    const { handler, seen } = tinyApi();
    const answer = await call(handler, { body: paymentBody, headers: { 'X-Request-Id': sent } });
    expect(answer.headers['x-request-id']).toBe(named);
    expect(seen[0]?.actor.requestId).toBe(named);
  });
});

describe('a refusal of the handler', () => {
  test('is answered with its code, facts and pointers', async () => {
    const errors = [{ pointer: '/legs/0', detail: 'Holds 10.00.' }];
    const { handler } = tinyApi(async () => {
      throw tinyProblems['no-funds'].with({ detail: 'Holds 10.00 CNY.', available: '10.00', errors });
    });
    expect(await call(handler, { body: paymentBody })).toMatchObject({
      status: 409,
      body: {
        type: 'urn:yudao:problem:tiny:no-funds',
        code: 'tiny/no-funds',
        available: '10.00',
        errors,
        requestId: 'gateway-1',
      },
    });
  });

  test('that is worth repeating says when', async () => {
    const { handler } = tinyApi(async () => {
      throw general['conflict-retry'].with({ detail: 'Contention.' });
    });
    expect(await call(handler, { body: paymentBody })).toMatchObject({ status: 409, headers: { 'retry-after': '1' } });
  });

  test('because the table is too busy is 503', async () => {
    const { handler } = tinyApi(async () => {
      throw Object.assign(new Error('Slow down'), { name: 'ThrottlingException' });
    });
    const answer = await call(handler, { body: paymentBody });
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'request/unavailable' },
      headers: { 'retry-after': '5' },
    });
  });
});

describe('a failure', () => {
  const failing = () =>
    tinyApi(async () => {
      throw new Error('no item for 6222021234567890123', { cause: new Error('IBAN DE89370400440532013000') });
    });

  test('tells the caller nothing but the request id', async () => {
    const answer = await call(failing().handler, { body: paymentBody });
    expect(answer).toMatchObject({ status: 500, body: { code: 'request/internal-error', requestId: 'gateway-1' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/item|6222|DE89/);
  });

  test('leaves its stack and causes in the log, with the numbers masked', async () => {
    await call(failing().handler, { body: paymentBody });
    expect(logged()).toMatchObject({ level: 'ERROR', status: 500, problem: 'request/internal-error', Errors: 1 });
    expect(logged().error.stack).toContain('api.test.ts');
    expect(logged().error.message).toContain('0123');
    expect(textOfLog()).not.toMatch(/\d{9}|DE89/);
  });

  test('is what an answer with a bigint in it is', async () => {
    const handlers = {
      pay: async () => ({ body: { amount: { amount: '1.00', currency: 'CNY' }, minor: 100n } }),
      listPayments: async () => ({ body: {} }),
      getPayment: async () => ({ body: {} }),
      importFile: async () => ({ body: {} }),
      ping: async () => ({ body: 'pong' }),
    };
    const answer = await call(httpApi({ service, contract, handlers }), { body: paymentBody });
    expect(answer.status).toBe(500);
    expect(logged().error.message).toBe('The field minor of the answer is a bigint');
  });
});

describe('the log', () => {
  test('has one line per request: who, what, how it ended, with the metrics of the operation', async () => {
    const { handler } = tinyApi();
    await call(handler, { body: paymentBody });
    expect(lines).toHaveLength(1);
    expect(logged()).toMatchObject({
      method: 'POST',
      resource: '/v1/payments',
      status: 201,
      tenant: 'demo',
      client: 'treasurer',
      requestId: 'gateway-1',
      Service: 'tiny',
      Operation: 'pay',
      Requests: 1,
      Refusals: 0,
      Errors: 0,
      Latency: expect.any(Number),
    });
    expect(logged()._aws.CloudWatchMetrics[0].Dimensions).toEqual([['Service'], ['Service', 'Operation']]);
  });

  test('counts a refusal as a refusal and names its code, whoever was refused', async () => {
    const { handler } = tinyApi();
    await call(handler, { body: paymentBody, claims: null });
    expect(logged()).toMatchObject({
      status: 401,
      problem: 'access/unauthorised',
      Refusals: 1,
      Errors: 0,
      level: 'INFO',
    });
  });

  test.each([
    ['in the body', { body: { payee: '6222021234567890123' } }],
    ['as a key', { body: { '6222021234567890123': 1 } }],
    ['in the path', { method: 'GET', resource: '/v1/payments/{id}', path: { id: '6222021234567890123' } }],
    ['in the query', { method: 'GET', query: { '6222021234567890123': '6222021234567890123' } }],
    ['as the request id', { body: paymentBody, headers: { 'x-request-id': '6222021234567890123' } }],
    ['as the key', { body: paymentBody, headers: { 'idempotency-key': '6222021234567890123' } }],
    ['in what is not JSON', { body: '6222021234567890123x' }],
  ])('never holds a full number: %s', async (_, request) => {
    const { handler } = tinyApi();
    await call(handler, request);
    expect(lines).toHaveLength(1);
    expect(textOfLog()).not.toMatch(/\d{9}/);
  });

  test('of requests at the same moment does not mix them up', async () => {
    const { handler, seen } = tinyApi();
    const ids = Array.from({ length: 20 }, (_, index) => `request-${index}`);
    const answers = await Promise.all(
      ids.map((id) => call(handler, { body: paymentBody, headers: { 'x-request-id': id } })),
    );
    expect(answers.map(({ headers }) => headers['x-request-id'])).toEqual(ids);
    expect(seen.map(({ actor }) => actor.requestId).sort()).toEqual([...ids].sort());
  });
});

test('a route without a contract does not start', () => {
  const routes = [
    ...(service.routes ?? []),
    { operation: 'gone', method: 'GET', path: '/gone', access: 'PUBLIC', summary: '', success: 200 },
  ];
  const handlers = {} as never;
  expect(() => httpApi({ service: { ...service, routes } as typeof service, contract, handlers })).toThrow(
    /lacks the operation gone/,
  );
});
