import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../../functions/catalogue.ts';
import { handler } from '../../../functions/reference/api.ts';
import { curlExample } from '../../../functions/reference/curl-example.ts';
import { renderDocs } from '../../../functions/reference/docs-page.ts';
import { schemaTable } from '../../../functions/reference/docs-schema.ts';
import { html, prose } from '../../../functions/reference/html.ts';
import { collectSchemas } from '../../../functions/reference/json-schemas.ts';
import { buildOpenApi } from '../../../functions/reference/openapi.ts';
import { allProblems, problemsOf } from '../../../functions/reference/operation-problems.ts';
import { version } from '../../../functions/reference/version.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import { setLogSink } from '../../../shared/http/log.ts';
import { contract, service } from '../../shared/http/tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

const tiny = [{ service, contract }];
const options = { version: '1.2.3', tokenUrl: 'https://issuer.example/oauth2/token', baseUrl: 'https://api.example' };
const routes = catalogue.flatMap(({ service, contract }) =>
  (service.routes ?? []).map((route) => ({ route, operation: contract[route.operation], service })),
);

describe('the OpenAPI document', () => {
  test.each([
    ['of a small service', tiny],
    ['of the whole system', catalogue],
  ])('%s is valid OpenAPI 3.1', async (_, entries) => {
    const document = JSON.parse(JSON.stringify(buildOpenApi(entries, options)));
    const result = await new Validator().validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test('has every reference leading somewhere', () => {
    const document = buildOpenApi(catalogue, options);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) =>
      path.split('/'),
    );
    const follow = (path: readonly string[]) =>
      path.reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((path) => follow(path) === undefined)).toEqual([]);
  });

  test('has every route once, under its operation', () => {
    const { paths } = buildOpenApi(catalogue, options);
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(told.sort()).toEqual(routes.map(({ route }) => `${route.method} ${route.path} ${route.operation}`).sort());
    expect(new Set(routes.map(({ route }) => route.operation)).size).toBe(routes.length);
  });

  test('tells of an operation what a caller has to know', () => {
    const { paths, components } = buildOpenApi(tiny, options);
    const pay = paths['/v1/payments']?.post;
    expect(pay?.security).toEqual([{ clientCredentials: ['{tenant}/treasurer'] }]);
    expect(pay?.parameters).toEqual([{ $ref: '#/components/parameters/IdempotencyKey' }]);
    expect(Object.keys(pay?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ]);
    expect(JSON.stringify(Object.entries(pay?.responses ?? {}).find(([status]) => status === '409'))).toContain(
      'tiny/no-funds',
    );
    expect(components.schemas.PositiveAmount).toMatchObject({
      required: ['amount', 'currency'],
      additionalProperties: false,
    });
    expect(paths['/v1/payments']?.get?.parameters).toMatchObject([
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000 } },
      { name: 'cursor', in: 'query', required: false },
    ]);
    expect(paths['/ping']?.get?.security).toEqual([]);
  });

  test('refuses two different schemas of one name', () => {
    const { add } = collectSchemas();
    add(z.strictObject({ a: z.string() }).meta({ id: 'Thing' }));
    expect(() => add(z.strictObject({ b: z.string() }).meta({ id: 'Thing' }))).toThrow(/Thing/);
  });
});

describe('every operation of the system', () => {
  test.each(routes.map((entry) => [entry.route.operation, entry] as const))(
    '%s has parameters for its path',
    (_, { route, operation }) => {
      const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = operation?.path ? Object.keys(collectSchemas().add(operation.path).properties ?? {}) : [];
      expect(described.sort()).toEqual(named.sort());
    },
  );

  test.each(routes.map((entry) => [entry.route.operation, entry] as const))(
    '%s has an example that its contract takes',
    (_, { operation }) => {
      const { example, response, body, query } = operation ?? {};
      expect(response?.safeParse(example?.response).error?.issues ?? []).toEqual([]);
      if (query) expect(query.safeParse(withIds(example?.query ?? {})).error?.issues ?? []).toEqual([]);
      if (body) expect(body.safeParse(withIds(example?.body)).error?.issues ?? []).toEqual([]);
    },
  );

  test.each(routes.map((entry) => [entry.route.operation, entry] as const))(
    '%s names its problems by unique codes',
    (_, { route, operation }) => {
      const codes = operation ? problemsOf(route, operation).map(({ code }) => code) : [];
      expect(codes.length).toBeGreaterThan(3);
      expect(new Set(codes).size).toBe(codes.length);
    },
  );
});

/** Examples stand in for ids with `{accountId}`; an id of the right kind takes its place, another for each name. */
function withIds(value: unknown): unknown {
  const prefixes: Record<string, string> = {
    statementId: 'stm',
    uploadId: 'upl',
    transferId: 'tr',
    pendingId: 'tr',
    merchantId: 'mer',
    customerId: 'cus',
    invoiceId: 'inv',
    virtualAccountId: 'va',
    otherReceiptId: 'rcp',
    returnedReceiptId: 'rcp',
  };
  const names = new Set<string>();
  const fill = (text: string) =>
    text.replace(/"\{(\w+)\}"/g, (_, name: string) => {
      names.add(name);
      const number = [...names].indexOf(name);
      return `"${prefixes[name] ?? 'acc'}_${String(number).padStart(26, '0')}"`;
    });
  return value === undefined ? undefined : JSON.parse(fill(JSON.stringify(value)));
}

describe('the reference page', () => {
  const page = renderDocs(catalogue, options);

  test('is well formed and asks nothing of other servers', () => {
    expect(() => new SaxesParser().write(page).close()).not.toThrow();
    expect(page).toMatch(/^<!DOCTYPE html>/);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|style="/);
  });

  test('has no id twice and no link within the page to nowhere', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test('tells of every problem at its own place, and names it by a URN', () => {
    const problems = allProblems(catalogue);
    for (const problem of problems) {
      const { type } = problem.with({ detail: '' }).toBody();
      expect(page).toContain(`<dt id="${problem.code.replace('/', '-')}">`);
      expect(type).toBe(`urn:yudao:problem:${problem.code.split('/').join(':')}`);
    }
    expect(problems.length).toBeGreaterThan(20);
  });

  test('escapes what it shows', () => {
    const [description, title] = ['<script>alert(1)</script>', '"&\''];
    const text = renderDocs([{ service: { ...service, description, title }, contract }], options);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;');
    expect(html`<p>${['<', false, undefined, 3]}</p>`.text).toBe('<p>&lt;3</p>');
    expect(prose('a `b<c` d').text).toBe('a <code>b&lt;c</code> d');
  });

  test('has calls that a shell takes, quotes in the body included', () => {
    const [route] = service.routes ?? [];
    const example = { body: { payee: "O'Neill", from: '{accountId}' }, response: {} };
    expect(route && curlExample(route, { ...contract.pay, example })).toBe(
      [
        'curl -X POST "$YUDAO_URL/v1/payments" \\',
        '  -H "Authorization: Bearer $TOKEN" \\',
        "  -H 'Idempotency-Key: pay-1' \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"payee":"O'\\''Neill","from":"'"$ACCOUNT_ID"'"}'`,
      ].join('\n'),
    );
  });
});

describe('what a document tells of special routes', () => {
  test('a path with an id may be answered with 404', () => {
    const { paths } = buildOpenApi(tiny, options);
    expect(JSON.stringify(paths['/v1/payments/{id}']?.get?.responses)).toContain('request/not-found');
    expect(JSON.stringify(paths['/v1/payments']?.get?.responses)).not.toContain('request/not-found');
  });

  test('a route that takes large files through an upload may be answered with the upload', () => {
    const [route] = (service.routes ?? []).filter(({ operation }) => operation === 'importFile');
    const files = { ...service, routes: route ? [{ ...route, success: 201 as const, largeFilesThrough: 'open' }] : [] };
    const open = { response: z.strictObject({ uploadUrl: z.string() }), example: { response: { uploadUrl: 'u' } } };
    const { paths } = buildOpenApi([{ service: files, contract: { ...contract, open } }], options);
    expect(paths['/v1/files']?.post?.responses).toMatchObject({
      201: { description: 'Success' },
      202: { content: { 'application/json': { schema: { required: ['uploadUrl'] } } } },
    });
  });

  test('the example of a number is a number, and no number is bounded by the language', () => {
    const listPayments = { ...contract.listPayments, example: { query: { limit: '5' }, response: { count: 1 } } };
    const counted = { ...listPayments, response: z.strictObject({ count: z.int() }) };
    const document = buildOpenApi([{ service, contract: { ...contract, listPayments: counted } }], options);
    expect(document.paths['/v1/payments']?.get?.parameters).toMatchObject([{ name: 'limit', example: 5 }, {}]);
    expect(JSON.stringify(document)).not.toContain('9007199254740991');
  });

  test('a field of several forms stands once in a table', () => {
    const schemas = collectSchemas();
    const limit = z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('NONE') }),
      z.strictObject({ type: z.enum(['LOW', 'HIGH']), height: z.string() }),
    ]);
    const { text } = schemaTable(schemas.add(z.strictObject({ limit })), schemas);
    expect(text.match(/<code>limit\.type<\/code>/g)).toHaveLength(1);
    expect(text).toContain('One of: <code>NONE</code>, <code>LOW</code>, <code>HIGH</code>.');
    expect(text).toMatch(/<code>limit\.height<\/code><\/td>/);
  });
});

describe('served', () => {
  const get = async (resource: string, headers = {}) => {
    const requestContext = { requestId: 'gateway-1' };
    const event = {
      httpMethod: 'GET',
      resource,
      path: resource,
      headers,
      body: null,
      isBase64Encoded: false,
      requestContext,
    };
    return handler(event as unknown as APIGatewayProxyEvent, {} as Context);
  };

  test('/health says that it is there, in which version', async () => {
    const { statusCode, body } = await get('/health');
    expect({ statusCode, ...JSON.parse(body) }).toMatchObject({
      statusCode: 200,
      status: 'ok',
      version: packageFile.version,
    });
    expect(version).toBe(packageFile.version);
  });

  test('/openapi.json is JSON and /docs a page with a policy for its own style only', async () => {
    const document = await get('/openapi.json');
    expect(JSON.parse(document.body)).toMatchObject({ openapi: '3.1.1', info: { title: 'Yudao' } });
    const page = await get('/docs', { Host: 'localhost:3000' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}=';/),
    });
    const style = /<style>([\s\S]*)<\/style>/.exec(page.body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers?.['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(page.body).toContain('export YUDAO_URL=http://localhost:3000\n');
  });

  test('a host header that is no host is not shown', async () => {
    const { body } = await get('/docs', { Host: 'evil"$(rm -rf ~)' });
    expect(body).not.toContain('rm -rf');
  });
});
