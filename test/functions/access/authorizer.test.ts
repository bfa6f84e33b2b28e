import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../functions/access/authorizer.ts';
import { setClockSource } from '../../../shared/time/clock.ts';

const keys = await generateKeyPair('ES256');
const strangersKeys = await generateKeyPair('ES256');
const noon = Date.UTC(2026, 2, 2, 12);
const seconds = (instantMs: number) => Math.floor(instantMs / 1000);

let issuer: string;
let server: Server;
let fetched = 0;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  server = createServer((request, response) => {
    if (request.url !== '/.well-known/jwks.json') return response.writeHead(404).end();
    fetched += 1;
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(4450, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  process.env.ISSUER_URL = issuer;
  setClockSource(() => noon);
});
afterAll(() => {
  setClockSource(Date.now);
  server.close();
});

interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly expiresMs?: number;
  readonly key?: CryptoKey;
  readonly kid?: string;
}

function tokenOf({
  claims = {},
  issuer: iss = issuer,
  expiresMs = noon + 3_600_000,
  key = keys.privateKey,
  kid = 'k1',
}: TokenParts = {}) {
  return new SignJWT({ token_use: 'access', client_id: 'treasurer', scope: 'demo/treasurer', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(iss)
    .setIssuedAt(seconds(noon) - 10)
    .setExpirationTime(seconds(expiresMs))
    .sign(key);
}

function ask(authorization: string | undefined) {
  const methodArn = 'arn:aws:execute-api:eu-central-1:123456789012:abc123/prod/GET/v1/accounts';
  return handler({ headers: { authorization }, methodArn } as unknown as APIGatewayRequestAuthorizerEvent);
}

describe('a valid token', () => {
  test('lets its tenant, role and client through, to every route of the stage', async () => {
    expect(await ask(`Bearer ${await tokenOf()}`)).toEqual({
      principalId: 'treasurer',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: 'arn:aws:execute-api:eu-central-1:123456789012:abc123/prod/*',
          },
        ],
      },
      context: { tenant: 'demo', role: 'treasurer', client: 'treasurer' },
    });
  });

  test('of a merchant names the merchant', async () => {
    const token = await tokenOf({ claims: { scope: 'demo/merchant:mer_demo' } });
    expect((await ask(`bearer ${token}`)).context).toMatchObject({ role: 'merchant', merchant: 'mer_demo' });
  });

  test('does not cost a call to the issuer each time', async () => {
    await ask(`Bearer ${await tokenOf()}`);
    const before = fetched;
    await ask(`Bearer ${await tokenOf()}`);
    expect(fetched).toBe(before);
  });
});

describe('Unauthorized is', () => {
  test.each([
    [undefined],
    [''],
    ['Bearer'],
    ['Basic dHJlYXN1cmVyOng='],
    ['Bearer not.a.token'],
    [`Bearer ${'a'.repeat(9_000)}`],
  ])('the header %j', async (header) => {
    await expect(ask(header)).rejects.toThrow(/^Unauthorized$/);
  });

  test.each<[string, TokenParts]>([
    ['that has expired', { expiresMs: noon - 1_000 }],
    ['of another issuer', { issuer: 'https://elsewhere.example' }],
    ['signed by a stranger', { key: strangersKeys.privateKey }],
    ['signed with an unknown key', { kid: 'k2' }],
    ['that is an id token', { claims: { token_use: 'id' } }],
    ['without a scope', { claims: { scope: undefined } }],
    ['with an unknown role', { claims: { scope: 'demo/root' } }],
    ['with two scopes', { claims: { scope: 'demo/treasurer demo2/treasurer' } }],
    ['of a merchant without an id', { claims: { scope: 'demo/merchant' } }],
    ['of a treasurer with a merchant id', { claims: { scope: 'demo/treasurer:mer_demo' } }],
    ['without a client', { claims: { client_id: undefined } }],
  ])('a token %s', async (_, parts) => {
    await expect(ask(`Bearer ${await tokenOf(parts)}`)).rejects.toThrow(/^Unauthorized$/);
  });

  test('a token without a signature', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: issuer,
      exp: seconds(noon) + 60,
      token_use: 'access',
      client_id: 'x',
      scope: 'demo/treasurer',
    };
    await expect(ask(`Bearer ${part({ alg: 'none' })}.${part(claims)}.`)).rejects.toThrow(/^Unauthorized$/);
  });

  test('a token signed with the public key as a secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const token = await new SignJWT({ token_use: 'access', client_id: 'x', scope: 'demo/treasurer' })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer(issuer)
      .setExpirationTime(seconds(noon) + 60)
      .sign(secret);
    await expect(ask(`Bearer ${token}`)).rejects.toThrow(/^Unauthorized$/);
  });
});

test('a token expires by the clock of the system', async () => {
  const token = await tokenOf();
  setClockSource(() => noon + 3_600_000);
  await expect(ask(`Bearer ${token}`)).rejects.toThrow(/^Unauthorized$/);
});

test('an issuer that does not answer is our fault and not the token’s', async () => {
  process.env.ISSUER_URL = 'http://127.0.0.1:4499';
  const token = await tokenOf({ issuer: 'http://127.0.0.1:4499' });
  const refusal = await ask(`Bearer ${token}`).catch((error: Error) => error.message);
  expect(refusal).not.toBe('Unauthorized');
  expect(typeof refusal).toBe('string');
});
