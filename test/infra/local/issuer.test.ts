import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type System, startSystem } from '../../../infra/local/system.ts';

let system: System;

beforeAll(async () => {
  system = await startSystem({ services: [], quiet: true });
  return () => system.stop();
});

describe('the local issuer', () => {
  test.each([
    ['treasurer', 'demo/treasurer'],
    ['auditor-2', 'demo2/auditor'],
    ['merchant', 'demo/merchant:mer_demo'],
  ])('gives %s an access token for %s that its published key verifies', async (client, scope) => {
    const { status, body } = await askToken({}, basic(client, 'local-only'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const keys = createRemoteJWKSet(new URL(`${system.url}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(String(body.access_token), keys, { issuer: system.url });
    expect(payload).toMatchObject({ client_id: client, sub: client, scope, token_use: 'access' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  test('takes the client’s id and secret in the form as well', async () => {
    const { status } = await askToken({ client_id: 'operator', client_secret: 'local-only' });
    expect(status).toBe(200);
  });

  test('publishes no private part of its key', async () => {
    const answer = await fetch(`${system.url}/.well-known/jwks.json`);
    const { keys } = (await answer.json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  test('tells where things are', async () => {
    const answer = await fetch(`${system.url}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: system.url,
      token_endpoint: `${system.url}/oauth2/token`,
      jwks_uri: `${system.url}/.well-known/jwks.json`,
    });
  });

  // RFC 6749 section 5.2.
  test.each([
    ['a wrong secret', {}, basic('treasurer', 'wrong'), 401, 'invalid_client'],
    ['an unknown client', {}, basic('stranger', 'local-only'), 401, 'invalid_client'],
    ['no client at all', {}, undefined, 401, 'invalid_client'],
    [
      'two ways at once',
      { client_id: 'treasurer', client_secret: 'local-only' },
      basic('treasurer', 'local-only'),
      401,
      'invalid_client',
    ],
    ['another grant', { grant_type: 'password' }, basic('treasurer', 'local-only'), 400, 'unsupported_grant_type'],
    ['no grant', { grant_type: '' }, basic('treasurer', 'local-only'), 400, 'invalid_request'],
    ['another’s scope', { scope: 'demo2/treasurer' }, basic('treasurer', 'local-only'), 400, 'invalid_scope'],
  ])('refuses %s', async (_what, form, authorization, expectedStatus, error) => {
    const { status, body, headers } = await askToken(form, authorization);
    expect([status, body.error]).toEqual([expectedStatus, error]);
    expect(headers.get('cache-control')).toBe('no-store');
    if (error === 'invalid_client' && authorization) expect(headers.get('www-authenticate')).toMatch(/^Basic/);
  });

  test('refuses a form that is JSON', async () => {
    const answer = await fetch(`${system.url}/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: basic('treasurer', 'local-only') },
      body: '{"grant_type":"client_credentials"}',
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  });
});

async function askToken(form: Record<string, string>, authorization?: string) {
  const answer = await fetch(`${system.url}/oauth2/token`, {
    method: 'POST',
    headers: { ...(authorization && { authorization }) },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

function basic(client: string, secret: string): string {
  return `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`;
}
