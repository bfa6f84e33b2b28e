import { expect } from 'vitest';
import { type Call, call, tinyApi } from './tiny-service.ts';

/** Sends it and makes sure that no handler has seen it. */
export async function refusalOf(request: Call) {
  const { handler, seen } = tinyApi();
  const answer = await call(handler, request);
  expect(seen).toEqual([]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body.status).toBe(answer.status);
  expect(answer.body.requestId).toBe('gateway-1');
  return { status: answer.status, code: answer.body.code, errors: answer.body.errors, headers: answer.headers };
}
