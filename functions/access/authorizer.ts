import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { now } from '../../shared/time/clock.ts';
import { type Claims, readClaims } from './claims.ts';

const TOKEN_LENGTH_MAX = 8_192;
const ISSUER_TIMEOUT_MS = 3_000;
/** Cognito signs with RS256; the local issuer may use ES256. */
const algorithms = ['RS256', 'ES256'];

/** Keys by issuer, kept as long as the function lives; fetched again when a token names a key that is not among them. */
const keysByIssuer = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/**
 * Lambda authorizer of the gateway: lets a request with a valid access token through and hands on who it is. What the
 * role may do is decided at the route. Throws 'Unauthorized', which the gateway answers with 401; when the issuer
 * cannot be reached it throws what happened, and the gateway answers 500: such a token is not known to be bad.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const token = bearerToken(event.headers ?? {});
  const payload = token && (await verify(token));
  const claims = payload && readClaims(payload);
  if (!claims) throw new Error('Unauthorized');
  return allow(claims, event.methodArn);
}

/** RFC 6750 section 2.1; the scheme in any case (RFC 9110). */
function bearerToken(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const header = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  if (header.length > TOKEN_LENGTH_MAX) return undefined;
  return /^Bearer +([A-Za-z0-9._-]+)$/i.exec(header)?.[1];
}

async function verify(token: string): Promise<JWTPayload | undefined> {
  const issuer = process.env.ISSUER_URL;
  if (!issuer) throw new Error('ISSUER_URL is not set');
  try {
    const options = { issuer, algorithms, currentDate: now(), requiredClaims: ['exp'] };
    return (await jwtVerify(token, keysOf(issuer), options)).payload;
  } catch (error) {
    if (isFaultOfToken(error)) return undefined;
    throw error;
  }
}

function keysOf(issuer: string): ReturnType<typeof createRemoteJWKSet> {
  const known = keysByIssuer.get(issuer);
  if (known) return known;
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`);
  const keys = createRemoteJWKSet(url, { timeoutDuration: ISSUER_TIMEOUT_MS });
  keysByIssuer.set(issuer, keys);
  return keys;
}

/** jose tells a bad token by classes of its own; a key set that did not come or makes no sense is no fault of the token. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}

/** The gateway keeps the answer by token, for every route: so the policy names the whole stage, not the one method. */
function allow({ tenant, role, client, merchant }: Claims, methodArn: string): APIGatewayAuthorizerResult {
  const [api = '', stage = ''] = methodArn.split('/');
  return {
    principalId: client,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }],
    },
    context: { tenant, role, client, ...(merchant !== undefined && { merchant }) },
  };
}
