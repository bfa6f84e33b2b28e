import { general } from '../../problems/general.ts';
import { Problem } from '../../problems/problem.ts';
import { problemAnswerOf } from '../answer.ts';
import type { Middleware } from '../exchange.ts';

/** A table or bus that is too busy for a read, by the names that the AWS SDK gives. Writes are retried where they are made. */
const busyNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
]);

/** Turns whatever was thrown into an answer. What is no problem tells the caller nothing but the request id. */
export function problemAnswer(): Middleware {
  return {
    onError: (request) => {
      const { event: exchange, error } = request;
      exchange.problem = problemOf(error);
      if (exchange.problem !== error) exchange.failure = error;
      request.response = problemAnswerOf(exchange.problem, exchange.requestId);
    },
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error && busyNames.has(error.name)) {
    return general.unavailable.with({ detail: 'The data is asked for too often at the moment.' });
  }
  return general['internal-error'].with({
    detail: 'Nothing more can be told here; the log has it under the request id.',
  });
}
