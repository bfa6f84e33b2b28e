import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../../shared/http/cursor.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { refusalOf } from './refusal.ts';
import { call, paymentBody, proxyEvent, tinyApi, treasurer } from './tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

describe('the address', () => {
  test('an unknown path and an unknown method differ, and the methods are listed', async () => {
    expect(await refusalOf({ resource: '/v1/nothing' })).toMatchObject({ status: 404, code: 'request/unknown-route' });
    const refusal = await refusalOf({ method: 'DELETE' });
    expect(refusal).toMatchObject({ status: 405, code: 'request/method-not-allowed', headers: { allow: 'POST, GET' } });
  });

  test('an id of another kind is refused at its parameter', async () => {
    const path = { id: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B' };
    expect(await refusalOf({ method: 'GET', resource: '/v1/payments/{id}', path })).toMatchObject({
      status: 400,
      errors: [{ parameter: 'id' }],
    });
  });

  test.each([
    [{ limit: '0' }],
    [{ limit: '1001' }],
    [{ limit: '1e2' }],
    [{ limit: '' }],
    [{ limit: ['1', '2'] }],
    [{ page: '2' }],
  ])('the query %j is refused', async (query) => {
    const refusal = await refusalOf({ method: 'GET', query: query as unknown as Record<string, string> });
    expect(refusal).toMatchObject({ status: 400, errors: [{ parameter: Object.keys(query)[0] }] });
  });
});

describe('who asks, and under which key', () => {
  test('no claims are 401', async () => {
    expect(await refusalOf({ body: paymentBody, claims: null })).toMatchObject({
      status: 401,
      code: 'access/unauthorised',
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  test.each([
    [{ ...treasurer, role: 'root' }],
    [{ ...treasurer, tenant: '' }],
    [{ ...treasurer, role: 'merchant' }],
    [{ ...treasurer, merchant: 'mer_1' }],
  ])('claims that make no sense are 401: %j', async (claims) => {
    expect((await refusalOf({ method: 'GET', claims })).status).toBe(401);
  });

  test('an auditor may not pay', async () => {
    expect(await refusalOf({ body: paymentBody, claims: { ...treasurer, role: 'auditor' } })).toMatchObject({
      status: 403,
      code: 'access/role-not-allowed',
    });
  });

  test.each([
    [undefined, 'request/idempotency-key-missing'],
    ['', 'request/idempotency-key-missing'],
    ['two words', 'request/idempotency-key-malformed'],
    ['schlüssel', 'request/idempotency-key-malformed'],
    ['k'.repeat(256), 'request/idempotency-key-malformed'],
  ])('the key %j is answered with %s', async (key, code) => {
    expect(await refusalOf({ body: paymentBody, headers: { 'Idempotency-Key': key } })).toMatchObject({
      status: 400,
      code,
      errors: [{ header: 'Idempotency-Key' }],
    });
  });

  test('two keys are refused, equal ones too', async () => {
    for (const values of [{ 'Idempotency-Key': ['a', 'b'] }, { 'Idempotency-Key': ['a'], 'idempotency-key': ['a'] }]) {
      const { handler, seen } = tinyApi();
      const event = { ...proxyEvent({ body: paymentBody }), multiValueHeaders: values };
      const { statusCode, body } = await handler(event, {} as Context);
      expect([statusCode, JSON.parse(body).code, seen]).toEqual([400, 'request/idempotency-key-malformed', []]);
    }
  });

  test('a role that may not is told so before its request is looked at', async () => {
    expect((await refusalOf({ body: '{', claims: { ...treasurer, role: 'auditor' } })).status).toBe(403);
  });
});

describe('a cursor', () => {
  const scope = { operation: 'listPayments', tenant: 'demo' };

  test('of this list and tenant is taken', async () => {
    const { handler, seen } = tinyApi();
    const cursor = encodeCursor(scope, { after: 'pay_1' });
    await call(handler, { method: 'GET', query: { cursor } });
    expect(seen).toMatchObject([{ query: { limit: 100, cursor } }]);
  });

  test.each([
    ['broken', 'abc'],
    ['of another tenant', encodeCursor({ ...scope, tenant: 'demo2' }, { after: 'pay_1' })],
    ['of another list', encodeCursor({ ...scope, operation: 'listAccounts' }, { after: 'pay_1' })],
  ])('that is %s is refused', async (_, cursor) => {
    const refusal = await refusalOf({ method: 'GET', query: { cursor } });
    expect(refusal).toMatchObject({
      status: 400,
      code: 'request/cursor-not-usable',
      errors: [{ parameter: 'cursor' }],
    });
  });
});
