import type { RouteDescription, ServiceDescription } from '../../shared/service/description.ts';

export interface ServedRoute {
  readonly service: ServiceDescription;
  readonly route: RouteDescription;
}

export interface FoundResource {
  readonly resource: string;
  readonly path: Readonly<Record<string, string>>;
  readonly routes: readonly ServedRoute[];
}

interface Resource {
  readonly pattern: URLPattern;
  readonly resource: string;
  readonly routes: ServedRoute[];
}

/** The resources of all services, found by path as the gateway finds them: a literal segment before a parameter. */
export class RouteTable {
  private readonly resources: readonly Resource[];

  constructor(services: readonly ServiceDescription[]) {
    const byPath = new Map<string, Resource>();
    for (const service of services) {
      for (const route of service.routes ?? []) {
        const known = byPath.get(route.path);
        if (known) known.routes.push({ service, route });
        else byPath.set(route.path, { ...compile(route.path), routes: [{ service, route }] });
      }
    }
    this.resources = [...byPath.values()].sort((a, b) => compareSpecific(a.resource, b.resource));
  }

  /** Undefined where nothing is served, or where the path is not well encoded. */
  find(pathname: string): FoundResource | undefined {
    for (const { pattern, resource, routes } of this.resources) {
      const match = pattern.exec({ pathname });
      if (match) {
        const path = decodeAll(match.pathname.groups);
        return path && { resource, path, routes };
      }
    }
    return undefined;
  }
}

function compile(path: string): { pattern: URLPattern; resource: string } {
  return { resource: path, pattern: new URLPattern({ pathname: path.replace(/\{(\w+)\}/g, ':$1') }) };
}

/** `/v1/transfers/batch` before `/v1/transfers/{id}`. */
function compareSpecific(a: string, b: string): number {
  const masked = (path: string) => path.replace(/\{\w+\}/g, '\uffff');
  return masked(a) < masked(b) ? -1 : 1;
}

function decodeAll(groups: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value = '']) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
