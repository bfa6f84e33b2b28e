import { defineProblems } from './problem.ts';

/** What may be wrong with any request, before a capability has looked at it; and what may be wrong with us. */
const request = defineProblems('request', {
  malformed: {
    status: 400,
    title: 'The request does not fit its description',
    mend: 'Mend each field named in `errors` and send the request again.',
  },
  'not-json': {
    status: 400,
    title: 'The body is not JSON',
    mend: 'Send one JSON value in UTF-8, as RFC 8259 has it.',
  },
  'duplicate-key': {
    status: 400,
    title: 'A key stands twice in one object',
    mend: 'Send each key once. Readers disagree on which of two values counts, so neither does.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'Idempotency-Key is missing',
    mend: 'Send the header Idempotency-Key with a value of your own for this operation, such as a UUID, and the same value when you repeat it.',
  },
  'idempotency-key-malformed': {
    status: 400,
    title: 'Idempotency-Key is malformed',
    mend: 'Send one key of 1 to 255 visible ASCII characters, without spaces.',
  },
  'cursor-not-usable': {
    status: 400,
    title: 'The cursor is not usable here',
    mend: 'Pass `nextCursor` of the last page unchanged, with the same operation and filters; or begin without a cursor.',
  },
  filtered: {
    status: 403,
    title: 'The request was filtered out before it was read',
    mend: 'Send fewer requests at a time. If one alone is filtered out, report the request id.',
  },
  'unknown-route': {
    status: 404,
    title: 'Nothing is served at this path',
    mend: 'Compare the path with those in the reference.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    mend: 'Check the id. What belongs to another tenant is not found either.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The path does not take this method',
    mend: 'Use one of the methods in the header Allow.',
  },
  'conflict-retry': {
    status: 409,
    title: 'Too much contention',
    mend: 'Send the same request again, with the same Idempotency-Key, after the seconds in Retry-After.',
  },
  'idempotency-key-in-progress': {
    status: 409,
    title: 'A request with this Idempotency-Key is still being carried out',
    mend: 'Send the same request again after the seconds in Retry-After; it then gets the answer of the first.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    mend: 'Send less at a time; files have an upload of their own.',
  },
  'content-type-not-supported': {
    status: 415,
    title: 'The content type is not supported',
    mend: 'Send the body as JSON, with the header Content-Type: application/json.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    mend: 'Use a new key for a new request; repeat a request with its own key and the very same content.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    mend: 'Send the request again after the seconds in Retry-After, and fewer at a time.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    mend: 'Send the same request again, with the same Idempotency-Key if it has one. If it fails again, report the request id.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    mend: 'Send the same request again, with the same Idempotency-Key if it has one: if the first was carried out, its answer is given again.',
  },
});

const access = defineProblems('access', {
  unauthorised: {
    status: 401,
    title: 'No valid access token',
    mend: 'Fetch a token by OAuth 2.0 client credentials and send it as `Authorization: Bearer …`. Tokens expire after an hour.',
  },
  'role-not-allowed': {
    status: 403,
    title: 'The role may not do this',
    mend: 'Use a client that has one of the roles named in `allowed`.',
  },
});

/** The general problems by name: `general['conflict-retry'].with({ detail })`. */
export const general = { ...request, ...access };

const retryAfterSeconds: ReadonlyMap<string, number> = new Map([
  [general['conflict-retry'].code, 1],
  [general['idempotency-key-in-progress'].code, 1],
  [general['too-many-requests'].code, 5],
  [general.unavailable.code, 5],
]);

/** Seconds after which a request that met this problem is worth repeating, for the header Retry-After. */
export function retryAfterOf(code: string): number | undefined {
  return retryAfterSeconds.get(code);
}
