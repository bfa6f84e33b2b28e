import type { APIGatewayProxyResult } from 'aws-lambda';
import { general, retryAfterOf } from '../problems/general.ts';
import type { Problem } from '../problems/problem.ts';
import type { Contract } from './contract.ts';
import { type Exchange, targetOf } from './exchange.ts';
import type { OperationResponse } from './request.ts';

/** An operation's answer as the gateway wants it: JSON, or text of the media type that the contract names. */
export function successAnswer(
  exchange: Exchange,
  response: OperationResponse<Contract[string]>,
): APIGatewayProxyResult {
  const { route, contract } = targetOf(exchange);
  const { status = route.success, body, headers } = response;
  const { responseType = 'application/json' } = contract;
  return {
    statusCode: status,
    headers: { 'content-type': responseType, ...headers },
    body: contract.responseType === undefined ? toJson(body) : textOf(body),
  };
}

/** A problem as application/problem+json (RFC 9457), with the headers that its status calls for. */
export function problemAnswerOf(problem: Problem, requestId: string): APIGatewayProxyResult {
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headersOf(problem) },
    body: toJson({ ...problem.toBody(), requestId }),
  };
}

function headersOf({ code, status, fields }: Problem): Record<string, string> {
  const retryAfter = retryAfterOf(code);
  const allowed = Array.isArray(fields.allowed) ? fields.allowed.join(', ') : '';
  return {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(code === general['method-not-allowed'].code && { allow: allowed }),
  };
}

/** A bigint is money that was not presented (JSON has no such number): a bug, told with the field it is in. */
function toJson(value: unknown): string {
  const text = JSON.stringify(value, (key, member: unknown) => {
    if (typeof member === 'bigint') throw new TypeError(`The field ${key} of the answer is a bigint`);
    return member;
  });
  if (text === undefined) throw new TypeError('The answer is not a JSON value');
  return text;
}

function textOf(body: unknown): string {
  if (typeof body !== 'string') throw new TypeError('An answer that is no JSON must be text');
  return body;
}
