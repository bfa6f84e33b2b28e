import { general } from '../../problems/general.ts';
import { type Role, roles } from '../../service/description.ts';
import { type Exchange, type Middleware, targetOf } from '../exchange.ts';
import type { Actor } from '../request.ts';

/**
 * Who acts, from the claims the authorizer verified and from nothing else: no header, path or body names a tenant.
 * A public route has an actor without a tenant, to whom nothing belongs.
 */
export function actor(): Middleware {
  return {
    before: ({ event: exchange }) => {
      const { access } = targetOf(exchange).route;
      if (access === 'PUBLIC') {
        exchange.actor = { tenant: '', client: 'public', role: 'auditor', requestId: exchange.requestId };
        return;
      }
      exchange.actor = actorOf(exchange);
      refuseUnlessAllowed(exchange.actor, access);
    },
  };
}

function actorOf({ event, requestId }: Exchange): Actor {
  const claims = event.requestContext.authorizer ?? {};
  const { tenant, role, client, merchant } = claims as Record<string, unknown>;
  if (!isText(tenant) || !isText(client) || !isRole(role) || (role === 'merchant') !== isText(merchant)) {
    throw general.unauthorised.with({ detail: 'The request carries no verified claims of a tenant and role.' });
  }
  return { tenant, client, role, requestId, ...(isText(merchant) && { merchant }) };
}

function refuseUnlessAllowed({ role }: Actor, allowed: readonly Role[]): void {
  if (allowed.includes(role)) return;
  const detail = `The role ${role} may not do this; ${allowed.join(', ')} may.`;
  throw general['role-not-allowed'].with({ detail, role, allowed });
}

function isText(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
}

function isRole(claim: unknown): claim is Role {
  return roles.some((role) => role === claim);
}
