import { general } from '../../problems/general.ts';
import type { ServedRoutes } from '../../service/description.ts';
import type { Contract } from '../contract.ts';
import type { Exchange, Middleware, Target } from '../exchange.ts';

/** Finds the operation by method and resource, as the gateway names them. A route without a contract does not start. */
export function routing(service: ServedRoutes, contract: Contract): Middleware {
  const targets = new Map((service.routes ?? []).map((route) => [`${route.method} ${route.path}`, targetOf(route)]));

  function targetOf(route: Target['route']): Target {
    const operation = contract[route.operation];
    if (!operation) throw new Error(`The ${service.name} contract lacks the operation ${route.operation}`);
    return { route, contract: operation };
  }

  return {
    before: ({ event: exchange }) => {
      const { httpMethod, resource } = exchange.event;
      const target = targets.get(`${httpMethod} ${resource}`);
      if (!target) throw unknownRoute(exchange, service);
      exchange.target = target;
    },
  };
}

function unknownRoute({ event }: Exchange, service: ServedRoutes) {
  const allowed = (service.routes ?? []).filter(({ path }) => path === event.resource).map(({ method }) => method);
  if (allowed.length === 0) return general['unknown-route'].with({ detail: 'No operation is served at this path.' });
  const detail = `This path takes ${allowed.join(', ')}.`;
  return general['method-not-allowed'].with({ detail, allowed });
}
