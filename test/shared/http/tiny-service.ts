import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import { type ApiHandler, httpApi } from '../../../shared/http/api.ts';
import type { Contract } from '../../../shared/http/contract.ts';
import { decodeCursor } from '../../../shared/http/cursor.ts';
import type { OperationRequest } from '../../../shared/http/request.ts';
import { amountOut, date, id, page, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defineProblems } from '../../../shared/problems/problem.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';

/** A capability that pays: small, with every kind of input that a pipeline has to check. */
export const tinyProblems = defineProblems('tiny', {
  'no-funds': { status: 409, title: 'No funds', mend: 'Send less.' },
});

export const service: ServiceDescription = {
  name: 'tiny',
  title: 'Tiny',
  description: 'Pays.',
  routes: [
    {
      operation: 'pay',
      method: 'POST',
      path: '/v1/payments',
      access: ['treasurer'],
      summary: 'Pay',
      success: 201,
      idempotencyKey: 'REQUIRED',
    },
    {
      operation: 'listPayments',
      method: 'GET',
      path: '/v1/payments',
      access: ['treasurer', 'merchant'],
      summary: 'List payments',
      success: 200,
    },
    {
      operation: 'getPayment',
      method: 'GET',
      path: '/v1/payments/{id}',
      access: ['treasurer'],
      summary: 'Get a payment',
      success: 200,
    },
    {
      operation: 'importFile',
      method: 'POST',
      path: '/v1/files',
      access: ['treasurer'],
      summary: 'Import a file',
      success: 202,
      idempotencyKey: 'REQUIRED',
      body: 'FILE',
    },
    { operation: 'ping', method: 'GET', path: '/ping', access: 'PUBLIC', summary: 'Ping', success: 200 },
  ],
};

const anything = z.looseObject({});

export const contract = {
  pay: {
    body: z.strictObject({
      legs: z
        .array(z.strictObject({ amount: positiveAmount, purpose: z.enum(['RENT', 'WAGES']).optional() }))
        .min(1)
        .max(2),
      payee: text(10).optional(),
      valueDate: date.optional(),
      references: references.optional(),
    }),
    response: z.looseObject({ amount: amountOut }),
    problems: [tinyProblems['no-funds']],
    example: { response: { amount: { amount: '1.00', currency: 'CNY' } } },
  },
  listPayments: { query: page, response: anything, example: { response: {} } },
  getPayment: { path: z.strictObject({ id: id('pay') }), response: anything, example: { response: {} } },
  importFile: { response: anything, example: { response: {} } },
  ping: { response: z.string(), responseType: 'text/plain; charset=utf-8', example: { response: 'pong' } },
} satisfies Contract;

export type PayRequest = OperationRequest<typeof contract.pay>;

/** The service, and what has reached its handlers. */
export function tinyApi(pay?: (request: PayRequest) => Promise<never>) {
  const seen: OperationRequest<Contract[string]>[] = [];
  const note = (request: OperationRequest<Contract[string]>) => {
    seen.push(request);
    return { body: {} };
  };
  const handler = httpApi({
    service,
    contract,
    handlers: {
      pay: async (request) => {
        if (pay) return pay(request);
        const [leg] = request.body.legs;
        const { minor = 0n, currency = 'CNY' } = leg?.amount ?? {};
        return { ...note(request), body: { amount: presentAmount(minor, currency) } };
      },
      listPayments: async (request) => {
        const { tenant } = request.actor;
        if (request.query.cursor) decodeCursor({ operation: 'listPayments', tenant }, request.query.cursor);
        return note(request);
      },
      getPayment: async (request) => note(request),
      importFile: async (request) => note(request),
      ping: async () => ({ body: 'pong' }),
    },
  });
  return { seen, handler };
}

export const paymentBody = { legs: [{ amount: { amount: '10.50', currency: 'CNY' } }] };

export interface Call {
  readonly method?: string;
  readonly resource?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly base64?: boolean;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, string>> | null;
}

export const treasurer = { tenant: 'demo', role: 'treasurer', client: 'treasurer' };

/** A proxy event as API Gateway's REST API makes it. */
export function proxyEvent(call: Call): APIGatewayProxyEvent {
  const {
    method = 'POST',
    resource = '/v1/payments',
    headers,
    body,
    base64 = false,
    path,
    query,
    claims = treasurer,
  } = call;
  const many = query && Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()]));
  const event = {
    httpMethod: method,
    resource,
    path: resource,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1', ...headers },
    multiValueHeaders: {},
    body: body === undefined || typeof body === 'string' ? (body ?? null) : JSON.stringify(body),
    isBase64Encoded: base64,
    pathParameters: path ?? null,
    queryStringParameters: many
      ? Object.fromEntries(Object.entries(many).map(([name, all]) => [name, all.at(-1)]))
      : null,
    multiValueQueryStringParameters: many ?? null,
    stageVariables: null,
    requestContext: { requestId: 'gateway-1', resourcePath: resource, httpMethod: method, authorizer: claims },
  };
  return event as unknown as APIGatewayProxyEvent;
}

export async function call(handler: ApiHandler, request: Call) {
  const result: APIGatewayProxyResult = await handler(proxyEvent(request), {} as Context);
  const isJson = String(result.headers?.['content-type']).includes('json');
  const body = isJson ? JSON.parse(result.body) : result.body;
  return { status: result.statusCode, headers: result.headers ?? {}, body };
}
