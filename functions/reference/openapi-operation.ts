import type { Contract, OperationContract } from '../../shared/http/contract.ts';
import { IDEMPOTENCY_KEY_LENGTH_MAX } from '../../shared/http/middleware/idempotency-key.ts';
import type { ProblemFactory } from '../../shared/problems/problem.ts';
import type { RouteDescription, ServiceDescription } from '../../shared/service/description.ts';
import type { JsonSchema, SchemaCollector } from './json-schemas.ts';
import { problemAnchor, problemsOf } from './operation-problems.ts';

export const SECURITY_SCHEME = 'clientCredentials';

/** Scope of a role, as access tokens carry it. */
export function scopeOf(role: string): string {
  return role === 'merchant' ? '{tenant}/merchant:{merchantId}' : `{tenant}/${role}`;
}

/**
 * One operation as OpenAPI tells it.
 *
 * @throws Error when the contract of the capability lacks it, or the one through which it takes large files.
 */
export function describeOperation(
  service: ServiceDescription,
  route: RouteDescription,
  operations: Contract,
  schemas: SchemaCollector,
) {
  const contract = operationIn(operations, route.operation);
  const opener = route.largeFilesThrough && operationIn(operations, route.largeFilesThrough);
  const parameters = parametersOf(route, contract, schemas);
  const requestBody = requestBodyOf(route, contract, schemas);
  return {
    operationId: route.operation,
    tags: [service.name],
    summary: route.summary,
    ...(contract.description !== undefined && { description: contract.description }),
    security: route.access === 'PUBLIC' ? [] : route.access.map((role) => ({ [SECURITY_SCHEME]: [scopeOf(role)] })),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      [route.success]: successOf(contract, schemas),
      ...(opener && { 202: { ...successOf(opener, schemas), description: uploadText } }),
      ...problemResponses(problemsOf(route, contract)),
    },
  };
}

const uploadText =
  'The file is larger than one call takes; it was put into an upload, which is worked off by itself: follow it. Where ' +
  'the host does not do so by itself, the answer is 413: open an upload yourself.';

function operationIn(operations: Contract, name: string): OperationContract {
  const operation = operations[name];
  if (!operation) throw new Error(`The contract lacks the operation ${name}`);
  return operation;
}

function parametersOf(route: RouteDescription, contract: OperationContract, schemas: SchemaCollector) {
  const key = { $ref: '#/components/parameters/IdempotencyKey' };
  return [
    ...(route.idempotencyKey === 'REQUIRED' ? [key] : []),
    ...fieldsAsParameters('path', contract.path, contract.example.path, schemas),
    ...fieldsAsParameters('query', contract.query, contract.example.query, schemas),
  ];
}

function fieldsAsParameters(
  place: 'path' | 'query',
  schema: OperationContract['path'],
  example: unknown,
  schemas: SchemaCollector,
) {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.resolve(schemas.add(schema));
  const examples = (example ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as JsonSchema;
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
      ...(examples[name] !== undefined && { example: exampleOfType(rest, examples[name]) }),
    };
  });
}

/** Parameters are text in a contract's example, as in the URL; the document wants them in the type of their schema. */
function exampleOfType({ type }: JsonSchema, example: unknown): unknown {
  return type === 'integer' || type === 'number' ? Number(example) : example;
}

function requestBodyOf(route: RouteDescription, contract: OperationContract, schemas: SchemaCollector) {
  const { body: example } = contract.example;
  if (route.body === 'FILE') {
    const file = { schema: { type: 'string', format: 'binary' }, ...(example !== undefined && { example }) };
    return { required: true, description: 'The file as it is.', content: { 'application/octet-stream': file } };
  }
  if (!contract.body) return undefined;
  const json = { schema: schemas.add(contract.body), ...(example !== undefined && { example }) };
  return { required: !contract.body.safeParse(undefined).success, content: { 'application/json': json } };
}

function successOf(
  { response, responseType = 'application/json', example }: OperationContract,
  schemas: SchemaCollector,
) {
  const [mediaType = responseType] = responseType.split(';');
  return {
    description: 'Success',
    headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
    content: { [mediaType]: { schema: schemas.add(response), example: example.response } },
  };
}

/** One response per status, with the codes that the operation may answer at it. */
function problemResponses(problems: readonly ProblemFactory[]) {
  const byStatus = Map.groupBy(problems, ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, kinds]) => [status, problemResponse(kinds)]));
}

function problemResponse(kinds: readonly ProblemFactory[]) {
  const codes = { properties: { code: { enum: kinds.map(({ code }) => code) } } };
  const examples = kinds.map((kind) => [problemAnchor(kind.code), { summary: kind.title, value: exampleOf(kind) }]);
  return {
    description: kinds.map(({ title }) => title).join('. '),
    headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, codes] },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function exampleOf(kind: ProblemFactory) {
  return { ...kind.with({ detail: `${kind.title}.` }).toBody(), requestId: '8f14e45f-ea1e-4c3b-9a55-0d6c1f2b7a90' };
}

/** The header that every call which creates or moves has to carry. */
export const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A value of your own, one per request you mean: the same key with the same request gets the same answer for ever, ' +
    'with another request it is refused (422).',
  schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_LENGTH_MAX, pattern: '^[!-~]+$' },
  example: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
};
