import type { ServerResponse } from 'node:http';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { problemAnswerOf } from '../../shared/http/answer.ts';
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

/** A problem that the gateway itself answers, in the form that functions answer theirs. */
export function writeProblem(response: ServerResponse, problem: Problem, requestId: string): void {
  const { statusCode, headers, body } = problemAnswerOf(problem, requestId);
  writeResult(response, {
    statusCode,
    headers: { ...headers, 'cache-control': 'no-store', 'x-request-id': requestId },
    body,
  });
}
