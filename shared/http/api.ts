import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { general } from '../problems/general.ts';
import type { ServedRoutes } from '../service/description.ts';
import { now } from '../time/clock.ts';
import { successAnswer } from './answer.ts';
import type { Contract } from './contract.ts';
import { beginExchange, type Exchange, targetOf } from './exchange.ts';
import { actor } from './middleware/actor.ts';
import { answerHeaders } from './middleware/answer-headers.ts';
import { checkedInput } from './middleware/checked-input.ts';
import { content } from './middleware/content.ts';
import { fingerprint } from './middleware/fingerprint.ts';
import { idempotencyKey } from './middleware/idempotency-key.ts';
import { problemAnswer } from './middleware/problem-answer.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { routing } from './middleware/routing.ts';
import { sizeCap } from './middleware/size-cap.ts';
import type { OperationHandler, OperationRequest } from './request.ts';

/** Milliseconds before the function's end in which a request that is still running is answered with 503. */
const EARLY_ANSWER_MS = 300;

export interface ApiParts<C extends Contract> {
  readonly service: ServedRoutes;
  readonly contract: C;
  readonly handlers: { readonly [Operation in keyof C]: OperationHandler<C[Operation]> };
}

export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * The Lambda handler behind the routes of a capability, for proxy events of API Gateway's REST APIs.
 *
 * Each request goes the same way: request id, route, size cap, claims, Idempotency-Key, content, the checks of the
 * contract, fingerprint, handler. Whatever is thrown on it becomes a problem (RFC 9457); every answer has its headers
 * and leaves one line in the log. Which refusal comes first is the order of this list.
 *
 * @example
 * export const handler = httpApi({ service, contract, handlers: { getAccount: async ({ actor, path }) => … } });
 */
export function httpApi<C extends Contract>({ service, contract, handlers }: ApiParts<C>): ApiHandler {
  const pipeline = middy<Exchange, APIGatewayProxyResult>({
    timeoutEarlyInMillis: EARLY_ANSWER_MS,
    timeoutEarlyResponse: refuseLate,
  })
    .use([
      requestId(),
      requestLog(service.name),
      answerHeaders(),
      problemAnswer(),
      routing(service, contract),
      sizeCap(),
      actor(),
      idempotencyKey(),
      content(),
      checkedInput(),
      fingerprint(),
    ])
    .handler(async (exchange: Exchange) => {
      const { route } = targetOf(exchange);
      const handle = handlers[route.operation] as OperationHandler<Contract[string]>;
      return successAnswer(exchange, await handle(requestOf(exchange)));
    });
  return (event, context) => pipeline(beginExchange(event, now()), context);
}

function requestOf(exchange: Exchange): OperationRequest<Contract[string]> {
  const { receivedAt, input, content, headers, fingerprint, idempotencyKey } = exchange;
  if (!exchange.actor) throw new Error('A handler needs an actor');
  return {
    ...input,
    actor: exchange.actor,
    now: receivedAt,
    headers,
    idempotencyKey,
    fingerprint,
    ...(content instanceof Uint8Array && { file: content }),
  };
}

function refuseLate(): never {
  throw general.unavailable.with({ detail: 'The request took longer than it may. It may have been carried out.' });
}
