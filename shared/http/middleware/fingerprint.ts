import { type Exchange, type Middleware, targetOf } from '../exchange.ts';
import { fingerprintOf } from '../fingerprint.ts';

/** What the record of an Idempotency-Key is checked against. Made only where a key is asked for: hashing costs time. */
export function fingerprint(): Middleware {
  return {
    before: ({ event: exchange }) => {
      if (exchange.idempotencyKey === '') return;
      const { httpMethod: method, queryStringParameters } = exchange.event;
      const query = queryStringParameters ?? {};
      exchange.fingerprint = fingerprintOf({ method, path: pathOf(exchange), query, body: exchange.content });
    },
  };
}

/** Filled in from the route: the path of the event differs by the host's base path. */
function pathOf(exchange: Exchange): string {
  const values = exchange.event.pathParameters ?? {};
  return targetOf(exchange).route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
}
