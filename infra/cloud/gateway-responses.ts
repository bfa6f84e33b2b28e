import { securityHeaders } from '../../shared/http/middleware/answer-headers.ts';
import { BODY_BYTES_MAX } from '../../shared/http/middleware/size-cap.ts';
import { general, retryAfterOf } from '../../shared/problems/general.ts';
import type { ProblemFactory } from '../../shared/problems/problem.ts';

interface Refusal {
  readonly problem: ProblemFactory;
  readonly detail: string;
}

const unauthorised = {
  problem: general.unauthorised,
  detail: 'The access token is missing, not valid here, or has expired.',
};
const notServed = {
  problem: general['unknown-route'],
  detail: 'No operation is served at this path with this method.',
};
const tooMany = { problem: general['too-many-requests'], detail: 'More requests came than are taken at a time.' };
const malformed = { problem: general.malformed, detail: 'The request could not be read.' };
const failed = { problem: general['internal-error'], detail: 'Something went wrong on our side.' };
const tooLate = {
  problem: general.unavailable,
  detail: 'The request took longer than it may. It may have been carried out.',
};
const issuerAway = { problem: general.unavailable, detail: 'The access token could not be checked.' };

/**
 * What the gateway answers by itself, by its own names for the cases, in the same form and with the same codes as the
 * functions. For a path or method that is not served it speaks of a missing token.
 */
const refusals: Readonly<Record<string, Refusal>> = {
  ACCESS_DENIED: { problem: general['role-not-allowed'], detail: 'The token does not allow this call.' },
  API_CONFIGURATION_ERROR: failed,
  AUTHORIZER_CONFIGURATION_ERROR: failed,
  AUTHORIZER_FAILURE: issuerAway,
  BAD_REQUEST_BODY: malformed,
  BAD_REQUEST_PARAMETERS: malformed,
  DEFAULT_4XX: malformed,
  DEFAULT_5XX: failed,
  EXPIRED_TOKEN: unauthorised,
  INTEGRATION_FAILURE: tooLate,
  INTEGRATION_TIMEOUT: tooLate,
  INVALID_API_KEY: unauthorised,
  INVALID_SIGNATURE: unauthorised,
  MISSING_AUTHENTICATION_TOKEN: notServed,
  QUOTA_EXCEEDED: tooMany,
  REQUEST_TOO_LARGE: {
    problem: general['payload-too-large'],
    detail: `The body is too large; at most ${BODY_BYTES_MAX} bytes are taken.`,
  },
  RESOURCE_NOT_FOUND: notServed,
  THROTTLED: tooMany,
  UNAUTHORIZED: unauthorised,
  UNSUPPORTED_MEDIA_TYPE: {
    problem: general['content-type-not-supported'],
    detail: 'The content type is not supported.',
  },
  WAF_FILTERED: {
    problem: general.filtered,
    detail: 'The firewall in front of the API did not let the request through.',
  },
};

/** The headers of every answer whose value has no quote in it: the gateway takes a fixed value in single quotes only. */
const plainSecurityHeaders = Object.fromEntries(
  Object.entries(securityHeaders)
    .filter(([, value]) => !value.includes("'"))
    .map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
);

/** The gateway's own answers as problem+json (RFC 9457), for `x-amazon-apigateway-gateway-responses`. */
export function gatewayResponses(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(refusals).map(([name, refusal]) => [name, toResponse(refusal)]));
}

/** The gateway fills in `$context.requestId`. The template's own content type is what a caller accepts, so the header is set. */
function toResponse({ problem, detail }: Refusal) {
  const retryAfter = retryAfterOf(problem.code);
  return {
    statusCode: problem.status,
    responseParameters: {
      'gatewayresponse.header.content-type': "'application/problem+json'",
      'gatewayresponse.header.x-request-id': 'context.requestId',
      ...plainSecurityHeaders,
      ...(problem.status === 401 && { 'gatewayresponse.header.www-authenticate': "'Bearer'" }),
      ...(retryAfter !== undefined && { 'gatewayresponse.header.retry-after': `'${retryAfter}'` }),
    },
    responseTemplates: {
      'application/json': JSON.stringify({ ...problem.with({ detail }).toBody(), requestId: '$context.requestId' }),
    },
  };
}
