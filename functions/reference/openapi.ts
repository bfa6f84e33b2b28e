import * as z from 'zod';
import { roles, type ServiceDescription } from '../../shared/service/description.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import { collectSchemas, type SchemaCollector } from './json-schemas.ts';
import { describeOperation, idempotencyKeyParameter, SECURITY_SCHEME, scopeOf } from './openapi-operation.ts';

export interface OpenApiOptions {
  readonly version: string;
  readonly tokenUrl: string;
}

const problem = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'Names the problem as a URN.', examples: ['urn:yudao:problem:ledger:insufficient-funds'] }),
    code: z
      .string()
      .meta({ description: 'Stable name of the problem; decide by it.', examples: ['ledger/insufficient-funds'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened this time.' }),
    mend: z.string().meta({ description: 'What you can do about it.' }),
    requestId: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().meta({ description: 'JSON pointer (RFC 6901) into the body.' }),
          parameter: z.string().optional(),
          header: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Every fault found, each at its place.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, with a code. Other fields are the facts that explain the refusal.' });

/** The OpenAPI 3.1 document of all capabilities, out of their descriptions and contracts. */
export function buildOpenApi(catalogue: readonly CatalogueEntry[], { version, tokenUrl }: OpenApiOptions) {
  const schemas = collectSchemas();
  schemas.add(problem);
  const paths = describePaths(catalogue, schemas);
  const served = catalogue.filter(({ service }) => (service.routes ?? []).length > 0);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Yudao',
      version,
      description: 'Cash management as an API: an exact ledger, bank statements and what stands on them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '.', description: 'Where this document is served' }],
    tags: served.map(({ service }) => ({ name: service.name, description: service.description })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas.named].sort(([left], [right]) => (left < right ? -1 : 1))),
      parameters: { IdempotencyKey: idempotencyKeyParameter },
      headers: { RequestId: { description: 'Names the request in our log.', schema: { type: 'string' } } },
      securitySchemes: { [SECURITY_SCHEME]: securityScheme(tokenUrl) },
    },
    'x-events': catalogue.flatMap(({ service }) => eventsOf(service)),
  };
}

export type OpenApiDocument = ReturnType<typeof buildOpenApi>;

function describePaths(catalogue: readonly CatalogueEntry[], schemas: SchemaCollector) {
  const paths: Record<string, Record<string, ReturnType<typeof describeOperation>>> = {};
  for (const { service, contract } of catalogue) {
    for (const route of service.routes ?? []) {
      const methods = paths[route.path] ?? {};
      methods[route.method.toLowerCase()] = describeOperation(service, route, contract, schemas);
      paths[route.path] = methods;
    }
  }
  return paths;
}

function securityScheme(tokenUrl: string) {
  const scopes = roles.map((role) => [scopeOf(role), `Acts as ${role} of the tenant.`]);
  return {
    type: 'oauth2',
    description: 'Client credentials. The scope of the client names its tenant and its role.',
    flows: { clientCredentials: { tokenUrl, scopes: Object.fromEntries(scopes) } },
  };
}

function eventsOf({ name, publishes = [] }: ServiceDescription) {
  return publishes.map(({ type, description }) => ({ type, description, source: `yudao.${name}` }));
}
