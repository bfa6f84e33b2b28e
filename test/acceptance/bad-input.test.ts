import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../support/system.ts';

/** Every refused request: the right status, a stable code, where the fault is, and nothing written. */
describe('bad input', () => {
  let system: System;
  let token: string;
  let a: string;
  let b: string;
  let foreign: string;

  beforeAll(async () => {
    system = await startInMemory();
    token = await tokenOf(system.url, 'treasurer');
    const open = async (client: string, key: string) =>
      (
        await (
          await signIn(system.url, client)
        ).post('/v1/accounts', { currency: 'CNY', holder: 'H', constraint: { type: 'NONE' } }, key)
      ).body.id;
    a = await open('treasurer', 'a');
    b = await open('treasurer', 'b');
    foreign = await open('treasurer-2', 'f');
  });
  afterAll(() => system?.stop());

  const leg = (more: object = {}) => ({
    debitAccountId: a,
    creditAccountId: b,
    amount: { amount: '1.00', currency: 'CNY' },
    ...more,
  });
  const amount = (text: unknown, currency: unknown = 'CNY') => leg({ amount: { amount: text, currency } });
  const post = (body: unknown, more: { key?: string | undefined; token?: string } = {}) =>
    rawCall(system.url, 'POST', '/v1/transfers', {
      token,
      key: 'k',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    } as never);
  const pointers = (body: Record<string, unknown>) =>
    ((body.errors as { pointer?: string; header?: string; parameter?: string }[] | undefined) ?? []).map(
      (fault) => fault.pointer ?? fault.header ?? fault.parameter,
    );

  it.each([
    ['a body that is not JSON', () => '{"legs":', 400, 'request/not-json', undefined],
    ['a key that stands twice', () => '{"legs":[],"legs":[]}', 400, 'request/duplicate-key', '/legs'],
    ['a number as amount', () => ({ legs: [amount(1.5)] }), 400, 'request/malformed', '/legs/0/amount/amount'],
    [
      'more decimals than the currency has',
      () => ({ legs: [amount('10.005')] }),
      400,
      'request/malformed',
      '/legs/0/amount/amount',
    ],
    ['an exponent', () => ({ legs: [amount('1e3')] }), 400, 'request/malformed', '/legs/0/amount/amount'],
    [
      'an unknown currency',
      () => ({ legs: [amount('1.00', 'XXX')] }),
      400,
      'request/malformed',
      '/legs/0/amount/currency',
    ],
    ['a negative amount', () => ({ legs: [amount('-1.00')] }), 400, 'request/malformed', '/legs/0/amount/amount'],
    ['a zero amount', () => ({ legs: [amount('0.00')] }), 400, 'request/malformed', '/legs/0/amount/amount'],
    [
      'the same account on both sides',
      () => ({ legs: [leg({ creditAccountId: a })] }),
      400,
      'ledger/same-account',
      '/legs/0/creditAccountId',
    ],
    ['an unknown field', () => ({ legs: [leg({ fee: '1' })] }), 400, 'request/malformed', '/legs/0/fee'],
    ['41 legs', () => ({ legs: Array.from({ length: 41 }, () => leg()) }), 400, 'request/malformed', '/legs'],
    ['no legs', () => ({ legs: [] }), 400, 'request/malformed', '/legs'],
    [
      'an id that is none',
      () => ({ legs: [leg({ debitAccountId: '1; DROP TABLE' })] }),
      400,
      'request/malformed',
      '/legs/0/debitAccountId',
    ],
    [
      '21 references',
      () => ({ legs: [leg()], references: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, 'v'])) }),
      400,
      'request/malformed',
      '/references',
    ],
    [
      'a day that does not exist',
      () => ({ legs: [leg()], valueDate: '2026-02-30' }),
      400,
      'request/malformed',
      '/valueDate',
    ],
    [
      'a value date in the future',
      () => ({ legs: [leg()], valueDate: '2999-01-01' }),
      400,
      'ledger/value-date-not-allowed',
      '/valueDate',
    ],
    [
      'an expiry without a hold',
      () => ({ legs: [leg()], expiresAt: '2999-01-01T00:00:00Z' }),
      400,
      'ledger/expiry-not-allowed',
      '/expiresAt',
    ],
    [
      'an account of another tenant',
      () => ({ legs: [leg({ creditAccountId: foreign })] }),
      404,
      'ledger/account-not-found',
      '/legs/0/creditAccountId',
    ],
    [
      'a currency the account is not held in',
      () => ({ legs: [amount('1.00', 'EUR')] }),
      400,
      'ledger/currency-mismatch',
      '/legs/0/debitAccountId',
    ],
  ])('%s', async (name, body, status, code, pointer) => {
    const answer = await post(body(), { key: `bad ${name}`.replaceAll(' ', '-') });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    if (pointer) expect(pointers(answer.body)).toContain(pointer);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(String(answer.body.mend).length).toBeGreaterThan(10);
  });

  it('a missing Idempotency-Key', async () => {
    const answer = await post({ legs: [leg()] }, { key: undefined });
    expect([answer.status, answer.body.code]).toEqual([400, 'request/idempotency-key-missing']);
  });

  it('no token, a token of nobody, a token that was tampered with', async () => {
    const [head = '', claims = '', signature = ''] = token.split('.');
    const forged = `${head}.${Buffer.from(Buffer.from(claims, 'base64url').toString().replace('demo/', 'demo2/')).toString('base64url')}.${signature}`;
    for (const bad of [undefined, 'nonsense', forged]) {
      const answer = await rawCall(system.url, 'GET', `/v1/accounts/${a}`, bad === undefined ? {} : { token: bad });
      expect([answer.status, answer.body.code]).toEqual([401, 'access/unauthorised']);
    }
  });

  it('an expired token', async () => {
    const old = await tokenOf(system.url, 'auditor');
    await rawCall(system.url, 'POST', '/local/clock', {
      body: JSON.stringify({ now: new Date(Date.now() + 2 * 3_600_000).toISOString() }),
    });
    const answer = await rawCall(system.url, 'GET', `/v1/accounts/${a}`, { token: old });
    expect([answer.status, answer.body.code]).toEqual([401, 'access/unauthorised']);
    token = await tokenOf(system.url, 'treasurer');
  });

  it('an auditor who tries to move money', async () => {
    const answer = await post({ legs: [leg()] }, { token: await tokenOf(system.url, 'auditor'), key: 'audit' });
    expect([answer.status, answer.body.code]).toEqual([403, 'access/role-not-allowed']);
  });

  it('another tenant’s account, balance, entries and transfer are not found', async () => {
    const made = await post({ legs: [leg()] }, { key: 'mine' });
    expect(made.status).toBe(201);
    const stranger = await tokenOf(system.url, 'treasurer-2');
    for (const path of [
      `/v1/accounts/${a}`,
      `/v1/accounts/${a}/balance`,
      `/v1/accounts/${a}/entries`,
      `/v1/transfers/${made.body.id}`,
    ]) {
      expect((await rawCall(system.url, 'GET', path, { token: stranger })).status, path).toBe(404);
    }
  });

  it('the same key with another body, also after the clock went on by eleven minutes', async () => {
    const body = { legs: [leg({ amount: { amount: '2.00', currency: 'CNY' } })] };
    const first = await post(body, { key: 'again' });
    await rawCall(system.url, 'POST', '/local/clock', {
      body: JSON.stringify({ now: new Date(Date.now() + 2 * 3_600_000 + 11 * 60_000).toISOString() }),
    });
    expect(await post(body, { key: 'again' })).toMatchObject({ status: 201, body: first.body });
    const other = await post({ legs: [leg()] }, { key: 'again' });
    expect([other.status, other.body.code]).toEqual([422, 'request/idempotency-key-reused']);
  });

  it('a refusal by state is remembered, a malformed request is not', async () => {
    const api = await signIn(system.url, 'treasurer');
    const poor = (await api.post('/v1/accounts', { currency: 'CNY', holder: 'Poor' }, 'poor')).body.id;
    const body = { legs: [leg({ debitAccountId: poor })] };
    const refused = await post(body, { key: 'broke' });
    expect([refused.status, refused.body.code]).toEqual([409, 'ledger/insufficient-funds']);
    expect(refused.body).toMatchObject({ available: { amount: '0.00' }, required: { amount: '1.00' } });
    await post({ legs: [leg({ creditAccountId: poor })] }, { key: 'fund the poor'.replaceAll(' ', '-') });
    expect((await post(body, { key: 'broke' })).body.code).toBe('ledger/insufficient-funds');
    expect((await post({ legs: [amount('0.00')] }, { key: 'mended' })).status).toBe(400);
    expect((await post({ legs: [leg()] }, { key: 'mended' })).status).toBe(201);
  });

  it('leaves the books sound and the balance as the accepted transfers say', async () => {
    const api = await signIn(system.url, 'auditor');
    expect((await api.get('/v1/ledger/proof?accounts=ALL')).body).toMatchObject({ sound: true, broken: [] });
  });

  it.each([
    ['a ZIP', Buffer.from('504b0304140000000800', 'hex'), 415, 'statements/zip-archive'],
    [
      'an XML bomb',
      Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>&lol2;</BkToCstmrStmt></Document>',
      ),
      400,
      'statements/unsafe-xml',
    ],
    [
      'a truncated MT940',
      Buffer.from(':20:X\r\n:25:123456789\r\n:28C:1/1\r\n:60F:C260302EUR100,00\r\n:61:2603020302C1'),
      400,
      'statements/truncated',
    ],
    ['plain prose', Buffer.from('Dear bank, please find attached nothing.'), 415, 'statements/not-a-statement'],
  ])('a statement that is %s', async (name, bytes, status, code) => {
    const answer = await rawCall(system.url, 'POST', '/v1/statements', {
      token,
      key: `file-${name}`.replaceAll(' ', '-'),
      body: new Uint8Array(bytes),
      type: 'application/octet-stream',
    });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    const { statements } = (await rawCall(system.url, 'GET', '/v1/statements', { token })).body as {
      statements: unknown[];
    };
    expect(statements).toEqual([]);
  });

  it('a file for an account that nobody has is kept as unassigned', async () => {
    const file =
      ':20:X\r\n:25:987654321\r\n:28C:1/1\r\n:60F:C260302EUR100,00\r\n:61:2603020302C1,00NTRFREF//B\r\n:62F:C260302EUR101,00\r\n-\r\n';
    const answer = await rawCall(system.url, 'POST', '/v1/statements', {
      token,
      key: 'nobody',
      body: new Uint8Array(Buffer.from(file)),
      type: 'text/plain',
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { statements: [{ assignment: 'UNASSIGNED', status: 'BALANCED' }] },
    });
  });
});
