import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { FoundResource, ServedRoute } from './routes.ts';
import { localAccess } from './tables.ts';

const API_ID = 'local';
const STAGE = 'local';

export interface GatewayRequest {
  readonly incoming: IncomingMessage;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly url: URL;
  readonly found: FoundResource;
  readonly served: ServedRoute;
  readonly requestId: string;
  readonly now: Date;
}

/** What the REST gateway hands to a function (Lambda proxy integration, payload version 1.0). */
export function toProxyEvent(
  request: GatewayRequest,
  body: Buffer,
  claims: Record<string, unknown>,
): APIGatewayProxyEvent {
  const { url, found, served } = request;
  const asText = served.route.body === 'FILE' ? undefined : textOf(body);
  return {
    resource: found.resource,
    path: url.pathname,
    httpMethod: served.route.method,
    ...headersOf(request.rawHeaders),
    ...queryOf(url),
    pathParameters: orNull(found.path),
    stageVariables: null,
    requestContext: { ...contextOf(request), authorizer: claims },
    body: body.length === 0 ? null : (asText ?? body.toString('base64')),
    isBase64Encoded: body.length > 0 && asText === undefined,
  };
}

/** What the gateway hands to a REQUEST authorizer. */
export function toAuthorizerEvent(request: GatewayRequest): APIGatewayRequestAuthorizerEvent {
  const { url, found, served } = request;
  const { method } = served.route;
  return {
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:${localAccess.region}:000000000000:${API_ID}/${STAGE}/${method}${url.pathname}`,
    resource: found.resource,
    path: url.pathname,
    httpMethod: method,
    ...headersOf(request.rawHeaders),
    ...queryOf(url),
    pathParameters: orNull(found.path),
    stageVariables: null,
    requestContext: { ...contextOf(request), authorizer: undefined },
  };
}

function contextOf({ incoming, url, found, served, requestId, now }: GatewayRequest) {
  return {
    accountId: '000000000000',
    apiId: API_ID,
    protocol: `HTTP/${incoming.httpVersion}`,
    httpMethod: served.route.method,
    path: `/${STAGE}${url.pathname}`,
    stage: STAGE,
    requestId,
    requestTimeEpoch: now.getTime(),
    resourceId: found.resource,
    resourcePath: found.resource,
    identity: {
      sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
      userAgent: incoming.headers['user-agent'] ?? null,
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      user: null,
      userArn: null,
    },
  };
}

/** Names as the client wrote them; of a repeated one the last value, and all in the multi-value form. */
function headersOf(rawHeaders: readonly string[]) {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    headers[name] = value;
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  }
  return { headers, multiValueHeaders };
}

function queryOf({ searchParams }: URL) {
  const names = [...new Set(searchParams.keys())];
  return {
    queryStringParameters: orNull(Object.fromEntries(searchParams)),
    multiValueQueryStringParameters: orNull(Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]))),
  };
}

function orNull<T extends object>(record: T): T | null {
  return Object.keys(record).length === 0 ? null : record;
}

/** Undefined when the bytes are no UTF-8: they travel as base64 then, and the function sees what was sent. */
function textOf(body: Buffer): string | undefined {
  const text = body.toString('utf8');
  return Buffer.from(text, 'utf8').equals(body) ? text : undefined;
}
