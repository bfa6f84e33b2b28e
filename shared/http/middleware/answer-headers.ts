import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Exchange, Middleware } from '../exchange.ts';

/** As the OWASP REST Security Cheat Sheet has them. An operation that serves a page sets its own policy over these. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Every answer, refusals included, says how it may be treated and which request it belongs to. */
export function answerHeaders(): Middleware {
  const add = (request: { event: Exchange; response?: APIGatewayProxyResult | null | undefined }) => {
    if (!request.response) return;
    request.response.headers = {
      ...securityHeaders,
      ...request.response.headers,
      'x-request-id': request.event.requestId,
    };
  };
  return { after: add, onError: add };
}
