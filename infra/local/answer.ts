import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { problemAnswerOf } from '../../shared/http/answer.ts';
import { securityHeaders } from '../../shared/http/middleware/answer-headers.ts';
import { chooseRequestId } from '../../shared/http/middleware/request-id.ts';
import type { Problem } from '../../shared/problems/problem.ts';

/** Writes what a function answered, as the gateway does. */
export function writeResult(response: ServerResponse, result: APIGatewayProxyResult): void {
  const { statusCode, headers = {}, multiValueHeaders = {}, body, isBase64Encoded } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  for (const [name, values] of Object.entries(multiValueHeaders)) response.setHeader(name, values?.map(String) ?? []);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  response.setHeader('content-length', bytes.length);
  response.writeHead(statusCode);
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

export function writeJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  const head = { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers };
  writeResult(response, { statusCode: status, headers: head, body: JSON.stringify(body) });
}

/** The id under which a call is told of that no function answers: the caller's own where it may be used. */
export function requestIdOf({ headers }: IncomingMessage, own: string = randomUUID()): string {
  return chooseRequestId(headers['x-request-id']?.toString(), own);
}

/**
 * A problem that the host itself answers, in the form that functions answer theirs. What is left of the body is thrown
 * away, and the connection ends with it.
 */
export function writeProblem(response: ServerResponse, problem: Problem, requestId: string): void {
  const { statusCode, headers, body } = problemAnswerOf(problem, requestId);
  const { req: incoming } = response;
  if (!incoming.complete) response.setHeader('connection', 'close');
  writeResult(response, { statusCode, headers: { ...securityHeaders, ...headers, 'x-request-id': requestId }, body });
  incoming.resume();
}
