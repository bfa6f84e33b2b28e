import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Where named schemas stand in the document. */
const home = '#/components/schemas/';

/** Turns the schemas of contracts into JSON Schema and gathers those that have a name. */
export interface SchemaCollector {
  /** The schema as a caller has to meet it, or meets it in an answer; a reference where it has a name. */
  add(schema: z.ZodType): JsonSchema;
  /** The named ones so far. */
  readonly named: ReadonlyMap<string, JsonSchema>;
  /** Follows a reference to its schema; what describes the place (its description) wins over what the schema says. */
  resolve(schema: JsonSchema): JsonSchema;
}

export function collectSchemas(): SchemaCollector {
  const named = new Map<string, JsonSchema>();

  function add(schema: z.ZodType): JsonSchema {
    // What a caller writes and what an answer holds are both the schema's input: an answer is never parsed by us.
    const { $schema: _, $defs = {}, ...root } = moveReferences(z.toJSONSchema(schema, { io: 'input' })) as JsonSchema;
    for (const [name, definition] of Object.entries($defs)) keep(name, definition as JsonSchema);
    return root;
  }

  function keep(name: string, { id: _, ...definition }: JsonSchema): void {
    const known = named.get(name);
    if (known && !isDeepStrictEqual(known, definition)) throw new Error(`Two different schemas are named ${name}`);
    named.set(name, definition);
  }

  function resolve(schema: JsonSchema): JsonSchema {
    if (schema.$ref === undefined) return schema;
    const { $ref, ...place } = schema;
    const definition = named.get($ref.slice(home.length));
    if (!definition) throw new Error(`Nothing stands at ${$ref}`);
    return { ...resolve(definition), ...place };
  }

  return { add, named, resolve };
}

/** The name behind a reference, if it is one. */
export function nameOf(schema: JsonSchema): string | undefined {
  return schema.$ref?.slice(home.length);
}

/** The library bounds every whole number by what JavaScript counts exactly. That says nothing about the field. */
function isBoundOfNumbers(key: string, value: unknown): boolean {
  return (
    (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) || (key === 'maximum' && value === Number.MAX_SAFE_INTEGER)
  );
}

function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([key, member]) => !isBoundOfNumbers(key, member))
    .map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' ? member.replace('#/$defs/', home) : moveReferences(member),
    ]);
  return Object.fromEntries(members);
}
