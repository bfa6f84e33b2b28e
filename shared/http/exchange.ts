import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Problem } from '../problems/problem.ts';
import type { RouteDescription } from '../service/description.ts';
import type { OperationContract } from './contract.ts';
import type { Actor } from './request.ts';

/** One request on its way through the pipeline. Each middleware fills in what it is named after. */
export interface Exchange {
  readonly event: APIGatewayProxyEvent;
  /** By the system's clock; what the handler sees as `now`. */
  readonly receivedAt: Date;
  /** By a clock that only goes forward, for the latency. */
  readonly startedMs: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  requestId: string;
  target?: Target;
  actor?: Actor;
  idempotencyKey: string;
  /** The JSON value of the body as sent, or the bytes of a file; undefined where there is none. */
  content?: unknown;
  fingerprint: string;
  input: { readonly path: unknown; readonly query: unknown; readonly body: unknown };
  /** What went wrong, for the log. */
  problem?: Problem;
  /** What was thrown that is no problem of the caller's: a bug or a failing dependency. */
  failure?: unknown;
}

/** The operation a request is for. */
export interface Target {
  readonly route: RouteDescription;
  readonly contract: OperationContract;
}

export type Middleware = middy.MiddlewareObj<Exchange, APIGatewayProxyResult>;

export function beginExchange(event: APIGatewayProxyEvent, receivedAt: Date): Exchange {
  return {
    event,
    receivedAt,
    startedMs: performance.now(),
    headers: lowerCaseNames(event.headers ?? {}),
    requestId: event.requestContext.requestId,
    idempotencyKey: '',
    fingerprint: '',
    input: { path: undefined, query: undefined, body: undefined },
  };
}

/** The operation, once the route is known. */
export function targetOf(exchange: Exchange): Target {
  if (!exchange.target) throw new Error('The route has not been found yet');
  return exchange.target;
}

function lowerCaseNames(headers: APIGatewayProxyEvent['headers']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
