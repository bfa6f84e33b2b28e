import type { Middleware } from '../exchange.ts';

/**
 * The caller's own `x-request-id` names the request, so that both sides can find it in their logs; but only when it is
 * short and of harmless characters, since it is written to logs and headers. Otherwise the gateway's id does.
 */
export function requestId(): Middleware {
  return {
    before: ({ event: exchange }) => {
      exchange.requestId = chooseRequestId(exchange.headers['x-request-id'], exchange.requestId);
    },
  };
}

/** The caller's id where it may be used, the gateway's otherwise. */
export function chooseRequestId(inbound: string | undefined, own: string): string {
  return inbound !== undefined && isAcceptable(inbound) ? inbound : own;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A run of nine digits outside a UUID could be an account number, and those stay out of logs. */
function isAcceptable(id: string): boolean {
  return uuid.test(id) || (/^[A-Za-z0-9_.-]{1,64}$/.test(id) && !/[0-9]{9}/.test(id));
}
