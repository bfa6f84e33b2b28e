import { randomUUID, timingSafeEqual } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { HostState } from './host-state.ts';
import { clientSecret, type SeededClient, seededClients } from './seeded-clients.ts';

const TOKEN_SECONDS = 3_600;
const ALGORITHM = 'ES256';
const SETTING = 'issuer_key';

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly form: URLSearchParams;
}

export interface IssuerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type TokenError = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';

/**
 * The OAuth 2.0 issuer of this host: tokens by client credentials (RFC 6749 section 4.4) in the shape of Cognito's, so that
 * the same authorizer verifies both. Its key stays in the host's state: tokens outlive a restart.
 */
export class Issuer {
  private readonly url: string;
  private readonly now: () => Date;
  private readonly key: Awaited<ReturnType<typeof importJWK>>;
  private readonly keyId: string;
  private readonly publicKey: JWK;

  private constructor(url: string, now: () => Date, key: Issuer['key'], keyId: string, publicKey: JWK) {
    this.url = url;
    this.now = now;
    this.key = key;
    this.keyId = keyId;
    this.publicKey = publicKey;
  }

  static async open(url: string, state: HostState, now: () => Date): Promise<Issuer> {
    const kept = state.setting(SETTING);
    const jwk: JWK = kept === undefined ? await makeKey() : JSON.parse(kept);
    if (kept === undefined) state.setSetting(SETTING, JSON.stringify(jwk));
    const { d: _, ...publicPart } = jwk;
    const kid = await calculateJwkThumbprint(publicPart);
    const publicKey = { ...publicPart, kid, alg: ALGORITHM, use: 'sig' };
    return new Issuer(url, now, await importJWK(jwk, ALGORITHM), kid, publicKey);
  }

  /** RFC 7517. */
  keySet(): unknown {
    return { keys: [this.publicKey] };
  }

  /** OpenID Connect Discovery 1.0, as far as it applies. */
  configuration(): unknown {
    return {
      issuer: this.url,
      token_endpoint: `${this.url}/oauth2/token`,
      jwks_uri: `${this.url}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      id_token_signing_alg_values_supported: [ALGORITHM],
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
      scopes_supported: seededClients.map(({ scope }) => scope),
    };
  }

  /** An access token, or an error of RFC 6749 section 5.2. */
  async answerTokenRequest(request: TokenRequest): Promise<IssuerAnswer> {
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.contentType ?? '')) {
      return refuse('invalid_request', 'The body must be application/x-www-form-urlencoded.');
    }
    const { form } = request;
    const repeated = new Set(form.keys()).size !== [...form.keys()].length;
    if (repeated) return refuse('invalid_request', 'A parameter stands twice.');
    const grant = form.get('grant_type');
    if (!grant) return refuse('invalid_request', 'grant_type is missing.');
    const client = findClient(request);
    if (!client)
      return refuse('invalid_client', 'Unknown client or wrong secret.', request.authorization !== undefined);
    if (grant !== 'client_credentials') return refuse('unsupported_grant_type', 'Only client_credentials is served.');
    const asked = form.get('scope')?.split(' ').filter(Boolean) ?? [];
    if (asked.some((scope) => scope !== client.scope)) {
      return refuse('invalid_scope', `This client may have ${client.scope}.`);
    }
    return answer(200, { access_token: await this.sign(client), expires_in: TOKEN_SECONDS, token_type: 'Bearer' });
  }

  private async sign({ id, scope }: SeededClient): Promise<string> {
    const issuedAt = Math.floor(this.now().getTime() / 1000);
    return new SignJWT({ token_use: 'access', scope, client_id: id, auth_time: issuedAt, version: 2 })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: 'JWT' })
      .setIssuer(this.url)
      .setSubject(id)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_SECONDS)
      .sign(this.key);
  }
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}

/** By HTTP Basic, or by client_id and client_secret in the form; not by both (RFC 6749 section 2.3). */
function findClient({ authorization, form }: TokenRequest): SeededClient | undefined {
  const inForm = form.has('client_secret');
  if (authorization !== undefined && inForm) return undefined;
  const [id, secret] =
    authorization === undefined ? [form.get('client_id'), form.get('client_secret')] : readBasic(authorization);
  if (!id || !secret || !isSame(secret, clientSecret)) return undefined;
  return seededClients.find((client) => client.id === id);
}

function readBasic(authorization: string): [string, string] | [] {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const text = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) return [];
  try {
    return [decodeURIComponent(text.slice(0, colon)), decodeURIComponent(text.slice(colon + 1))];
  } catch {
    return [];
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(error: TokenError, description: string, byHeader = false): IssuerAnswer {
  const isClient = error === 'invalid_client';
  const challenge = isClient && byHeader ? { 'www-authenticate': 'Basic realm="yudao"' } : {};
  return answer(isClient ? 401 : 400, { error, error_description: description }, challenge);
}

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): IssuerAnswer {
  return { status, body, headers: { 'cache-control': 'no-store', pragma: 'no-cache', ...headers } };
}
