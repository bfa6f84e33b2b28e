import { request as sendRequest } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { LARGE_FILE_BYTES_MAX } from '../../../infra/local/large-files.ts';
import type { RouteDescription, ServiceDescription } from '../../../shared/service/description.ts';
import { startTiny } from '../../support/tiny-system.ts';

const MEGABYTE = 1024 * 1024;
const base = { access: 'PUBLIC', summary: 'For tests', success: 200 } as const;
const thingRoutes: readonly RouteDescription[] = [
  { ...base, operation: 'listThings', method: 'GET', path: '/v1/things' },
  { ...base, operation: 'makeThing', method: 'POST', path: '/v1/things' },
  { ...base, operation: 'getThing', method: 'GET', path: '/v1/things/{id}' },
  { ...base, operation: 'makeThings', method: 'POST', path: '/v1/things/batch' },
  { ...base, operation: 'guarded', method: 'GET', path: '/v1/guarded', access: ['treasurer'] },
];

test('a call becomes the event of a REST API', async () => {
  const { url, events } = await startEcho();
  await fetch(`${url}/v1/things/a%20b?colour=red&colour=blue`, { headers: { 'X-Tone': 'low' } });
  expect(events[0]).toMatchObject({
    resource: '/v1/things/{id}',
    path: '/v1/things/a%20b',
    httpMethod: 'GET',
    pathParameters: { id: 'a b' },
    queryStringParameters: { colour: 'blue' },
    multiValueQueryStringParameters: { colour: ['red', 'blue'] },
    headers: { 'X-Tone': 'low' },
    multiValueHeaders: { 'X-Tone': ['low'] },
    body: null,
    isBase64Encoded: false,
    requestContext: { httpMethod: 'GET', resourcePath: '/v1/things/{id}', stage: 'local' },
  });
});

test('a literal segment is found before a parameter', async () => {
  const { url, events } = await startEcho();
  await fetch(`${url}/v1/things/batch`, { method: 'POST', body: '{}' });
  expect(events[0]?.resource).toBe('/v1/things/batch');
});

test('a body that is no UTF-8 travels as base64, as it was sent', async () => {
  const { url, events } = await startEcho();
  await fetch(`${url}/v1/things`, { method: 'POST', body: Uint8Array.from([0x7b, 0xff]) });
  expect(events[0]).toMatchObject({ isBase64Encoded: true, body: 'e/8=' });
});

test('an unknown path is 404, another method 405 with what is allowed', async () => {
  const { url } = await startEcho();
  const unknown = await fetch(`${url}/v1/nothing`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'request/unknown-route' }]);
  const wrong = await fetch(`${url}/v1/things`, { method: 'DELETE' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
  expect(wrong.headers.get('content-type')).toBe('application/problem+json');
  expect(wrong.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['order-17', true],
  ['6222021234567890123', false],
])('a refusal of the gateway to a request that calls itself %s is named so: %s', async (id, adopted) => {
  const { url } = await startEcho();
  for (const [path, method] of [['/v1/nothing'], ['/v1/guarded'], ['/v1/things', 'DELETE']] as const) {
    const answer = await fetch(url + path, { method: method ?? 'GET', headers: { 'x-request-id': id } });
    const { requestId } = (await answer.json()) as { requestId: string };
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    expect(requestId === id).toBe(adopted);
  }
});

test('a target that is a whole address is served by its path', async () => {
  const { url, events } = await startEcho();
  const { port } = new URL(url);
  const status = await new Promise((resolve, reject) => {
    const path = 'http://elsewhere.example/v1/things/7?colour=red';
    const sent = sendRequest({ host: '127.0.0.1', port, path }, (answer) => resolve(answer.resume().statusCode));
    sent.on('error', reject).end();
  });
  expect(status).toBe(200);
  expect(events[0]).toMatchObject({ path: '/v1/things/7', queryStringParameters: { colour: 'red' } });
});

test('HEAD answers as GET without a body, OPTIONS with what is allowed', async () => {
  const { url } = await startEcho();
  const head = await fetch(`${url}/v1/things`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '11', '']);
  const options = await fetch(`${url}/v1/things`, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
});

test('a guarded route asks the authorizer and hands its claims on', async () => {
  const { url, events } = await startEcho();
  const missing = await fetch(`${url}/v1/guarded`);
  expect([missing.status, await missing.json()]).toMatchObject([401, { code: 'access/unauthorised' }]);
  const bad = await fetch(`${url}/v1/guarded`, { headers: { authorization: 'Bearer bad' } });
  expect([bad.status, bad.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  const good = await fetch(`${url}/v1/guarded`, { headers: { authorization: 'Bearer good' } });
  expect(good.status).toBe(200);
  expect(events.at(-1)?.requestContext.authorizer).toEqual({ tenant: 'demo', role: 'treasurer', principalId: 'me' });
});

test('a function that throws answers 500 and tells nothing of it', async () => {
  const { url } = await startEcho({ throws: 'secret of the house' });
  const answer = await fetch(`${url}/v1/things`);
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toContain('secret');
  expect(JSON.parse(text)).toMatchObject({ code: 'request/internal-error', requestId: expect.any(String) });
});

test('a body above what a function takes is 413', async () => {
  const { url, events } = await startEcho();
  const answer = await fetch(`${url}/v1/things`, { method: 'POST', body: new Uint8Array(4_400_001) });
  expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'request/payload-too-large' }]);
  expect(events).toEqual([]);
});

test('a body above it that does not say its length is 413 too', async () => {
  const { url } = await startEcho();
  expect(await postChunked(`${url}/v1/things`, 7)).toBe(413);
});

test('a large file of a FILE route goes through an upload, under the caller’s own token and key', async () => {
  const { url, opened, stored } = await startFiles();
  const bytes = new Uint8Array(9 * MEGABYTE).fill(7);
  const answer = await fetch(`${url}/v1/files`, {
    method: 'POST',
    headers: { authorization: 'Bearer good', 'idempotency-key': 'k1', 'content-type': 'application/xml' },
    body: bytes,
  });
  expect([answer.status, answer.headers.get('location'), await answer.json()]).toMatchObject([
    202,
    '/v1/uploads/up_1',
    { id: 'up_1', status: 'WAITING' },
  ]);
  expect(opened).toMatchObject([
    {
      resource: '/v1/uploads',
      httpMethod: 'POST',
      headers: { authorization: 'Bearer good', 'idempotency-key': 'k1', 'content-type': 'application/json' },
      body: expect.stringMatching(new RegExp(`^\\{"fileName":"upload [0-9a-f]{64}","size":${bytes.length}\\}$`)),
      requestContext: { authorizer: { tenant: 'demo' } },
    },
  ]);
  expect(await stored()).toBe(bytes.length);
});

test('a large file that does not say its length goes through an upload as well', async () => {
  const { url, stored } = await startFiles();
  expect(await postChunked(`${url}/v1/files`, 8, { authorization: 'Bearer good' })).toBe(202);
  expect(await stored()).toBe(8 * MEGABYTE);
});

test('a file above what an upload takes is 413 before it is read', async () => {
  const { url, opened } = await startFiles();
  const status = await new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer good', 'content-length': LARGE_FILE_BYTES_MAX + 1 };
    const sent = sendRequest(`${url}/v1/files`, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode);
      sent.destroy();
    });
    sent.on('error', reject).write('begin');
  });
  expect(status).toBe(413);
  expect(opened).toEqual([]);
});

test('the port of another system is told of plainly', async () => {
  const { url } = await startEcho();
  await expect(startTiny({ service: {}, handlers: {}, port: Number(new URL(url).port) })).rejects.toThrow(/is in use/);
});

async function startEcho({ throws }: { throws?: string } = {}) {
  const events: APIGatewayProxyEvent[] = [];
  const { url } = await startTiny({
    service: { routes: thingRoutes },
    handlers: {
      authorizer: authorise,
      api: (event: APIGatewayProxyEvent) => {
        if (throws) throw new Error(throws);
        events.push(event);
        return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };
      },
    },
  });
  return { url, events };
}

async function startFiles() {
  const opened: APIGatewayProxyEvent[] = [];
  const service: Partial<ServiceDescription> = {
    bucket: { entry: 'on-upload', prefix: 'uploads/' },
    routes: [
      {
        ...base,
        operation: 'sendFile',
        method: 'POST',
        path: '/v1/files',
        access: ['treasurer'],
        body: 'FILE',
        largeFilesThrough: 'openUpload',
      },
      { ...base, operation: 'openUpload', method: 'POST', path: '/v1/uploads', access: ['treasurer'] },
    ],
  };
  const object = () => `${process.env.AWS_ENDPOINT_URL_S3}${process.env.BUCKET_TINY}/uploads/up_1`;
  const { url } = await startTiny({
    service,
    handlers: {
      authorizer: authorise,
      'on-upload': () => undefined,
      api: (event: APIGatewayProxyEvent) => {
        opened.push(event);
        return { statusCode: 201, body: JSON.stringify({ id: 'up_1', status: 'WAITING', uploadUrl: object() }) };
      },
    },
  });
  const stored = async () => Number((await fetch(object(), { method: 'HEAD' })).headers.get('content-length'));
  return { url, opened, stored };
}

function authorise({ headers, methodArn }: APIGatewayRequestAuthorizerEvent) {
  if (headers?.authorization !== 'Bearer good') throw new Error('Unauthorized');
  const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }];
  return {
    principalId: 'me',
    policyDocument: { Version: '2012-10-17', Statement },
    context: { tenant: 'demo', role: 'treasurer' },
  };
}

/** Posts without a content length, as a program does that does not know it yet. */
function postChunked(
  url: string,
  megabytes: number,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    for (let index = 0; index < megabytes; index++) sent.write(Buffer.alloc(MEGABYTE));
    sent.end();
  });
}
