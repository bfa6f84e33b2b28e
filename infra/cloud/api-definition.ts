import { Aws } from 'aws-cdk-lib';
import type { RouteDescription, ServiceDescription } from '../../shared/service/description.ts';
import { routeTimeoutSeconds } from './entries.ts';
import { gatewayResponses } from './gateway-responses.ts';

/** Seconds for which the gateway trusts what the authorizer said of a token. */
const AUTHORIZER_CACHE_SECONDS = 300;

export interface ApiDefinitionParts {
  readonly services: readonly ServiceDescription[];
  /** ARN of the function behind a capability's routes. */
  readonly functionArnOf: (service: string) => string;
  readonly authorizerArn: string;
}

/**
 * The API as the gateway takes it: OpenAPI with Amazon's extensions, with every route of the descriptions and no other.
 * One document, because as resources a few hundred routes would not fit into a stack.
 *
 * Every body is binary to the gateway: it hands over the bytes as they came. Read as text, a bank's file that is not
 * UTF-8 would arrive damaged.
 *
 * @throws Error where the gateway would refuse the routes: a route described twice, or two names for one path variable.
 */
export function apiDefinition({ services, functionArnOf, authorizerArn }: ApiDefinitionParts): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { name, routes = [] } of services) {
    for (const route of routes) {
      const path = paths[route.path] ?? {};
      const method = route.method.toLowerCase();
      if (path[method]) throw new Error(`${route.method} ${route.path} is described twice`);
      paths[route.path] = { ...path, [method]: operationOf(route, functionArnOf(name)) };
    }
  }
  checkVariables(Object.keys(paths));
  return {
    openapi: '3.0.1',
    info: { title: 'Yudao', version: '1' },
    paths,
    components: { securitySchemes: { accessToken: tokenScheme(authorizerArn) } },
    'x-amazon-apigateway-binary-media-types': ['*/*'],
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
}

function operationOf({ operation, summary, path, access, success }: RouteDescription, functionArn: string) {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return {
    operationId: operation,
    summary,
    parameters: variables.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { [success]: { description: 'Success' } },
    security: access === 'PUBLIC' ? [] : [{ accessToken: [] }],
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: toUri(functionArn),
      timeoutInMillis: routeTimeoutSeconds * 1000,
    },
  };
}

function tokenScheme(authorizerArn: string) {
  return {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      identitySource: 'method.request.header.Authorization',
      authorizerUri: toUri(authorizerArn),
      authorizerResultTtlInSeconds: AUTHORIZER_CACHE_SECONDS,
    },
  };
}

function toUri(functionArn: string): string {
  return `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** At one place of a path the gateway takes one variable, by one name. */
function checkVariables(paths: readonly string[]): void {
  const names = new Map<string, string>();
  for (const path of paths) {
    const parts = path.split('/');
    parts.forEach((part, index) => {
      if (!part.startsWith('{')) return;
      const place = parts.slice(0, index).join('/');
      const known = names.get(place) ?? part;
      if (known !== part)
        throw new Error(`${path}: below ${place} the gateway knows ${known}, so ${part} cannot be there`);
      names.set(place, part);
    });
  }
}
