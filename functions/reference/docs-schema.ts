import { html, type Markup, prose } from './html.ts';
import { type JsonSchema, nameOf, type SchemaCollector } from './json-schemas.ts';

/** Levels of objects within objects that a table shows; deeper ones are in the OpenAPI document. */
const LEVELS_MAX = 6;

/** A schema as a table: a row per field, inner fields by their path (`legs[].amount.currency`). */
export function schemaTable(schema: JsonSchema, schemas: SchemaCollector): Markup {
  const rows = rowsOf(schema, schemas, '', true, 0);
  return html`<table>
<thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead>
<tbody>${rows.map(row)}</tbody>
</table>`;
}

interface Row {
  readonly path: string;
  readonly required: boolean;
  readonly type: string;
  readonly limits: string;
  readonly description: string;
  /** All that the field may be, where these are few and fixed. */
  readonly values: readonly unknown[];
}

function row({ path, required, type, limits, description }: Row): Markup {
  const name = html`<code>${path || 'the whole body'}</code>`;
  return html`
<tr><td>${name}${required && html` <span class="required">required</span>`}</td>
<td>${type}</td><td>${prose([description, limits].filter(Boolean).join(' '))}</td></tr>`;
}

function rowsOf(place: JsonSchema, schemas: SchemaCollector, path: string, required: boolean, level: number): Row[] {
  const schema = schemas.resolve(place);
  const self = {
    path,
    required,
    type: typeOf(place, schemas),
    limits: limitsOf(schema),
    description: schema.description ?? '',
    values: schema.enum ?? (schema.const === undefined ? [] : [schema.const]),
  };
  const inner = level < LEVELS_MAX ? innerRows(schema, schemas, path, level + 1) : [];
  const isBareRoot = path === '' && schema.properties !== undefined && Object.keys(schema.properties).length > 0;
  return isBareRoot ? inner : [self, ...inner];
}

function innerRows(schema: JsonSchema, schemas: SchemaCollector, path: string, level: number): Row[] {
  const { properties = {}, required = [], items } = schema;
  const fields = Object.entries(properties).flatMap(([name, property]) =>
    rowsOf(property as JsonSchema, schemas, path === '' ? name : `${path}.${name}`, required.includes(name), level),
  );
  const elements = isSchema(items) ? innerRows(schemas.resolve(items), schemas, `${path}[]`, level) : [];
  const forms = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(isSchema);
  const rowsOfForms = forms
    .map((form) => innerRows(schemas.resolve(form), schemas, path, level))
    .filter((rows) => rows.length > 0);
  return [...fields, ...elements, ...mergeForms(rowsOfForms)];
}

/** A field of several forms of a value stands once, with all it may be; it is required where every form requires it. */
function mergeForms(rowsOfForms: readonly Row[][]): Row[] {
  const byPath = Map.groupBy(rowsOfForms.flat(), ({ path }) => path);
  return [...byPath].map(([path, rows]) => {
    const values = rows.map(({ values }) => values);
    const isListed = rows.length > 1 && values.every((list) => list.length > 0);
    const types = unique(rows.map(({ type }) => type));
    return {
      path,
      required: rows.length >= rowsOfForms.length && rows.every(({ required }) => required),
      type: isListed ? 'text' : types.length > 1 ? `One of: ${types.join(', ')}` : types.join(''),
      limits: isListed ? oneOf(unique(values.flat())) : unique(rows.map(({ limits }) => limits)).join(' '),
      description: unique(rows.map(({ description }) => description)).join(' '),
      values: values.flat(),
    };
  });
}

function oneOf(values: readonly unknown[]): string {
  return `One of: ${values.map((value) => `\`${value}\``).join(', ')}.`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function typeOf(place: JsonSchema, schemas: SchemaCollector): string {
  const schema = schemas.resolve(place);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return 'text';
  if (isSchema(schema.items)) return `list of ${typeOf(schema.items, schemas)}`;
  const forms = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(isSchema);
  if (forms.length > 0) return nameOf(place) ?? [...new Set(forms.map((form) => typeOf(form, schemas)))].join(' or ');
  if (schema.type === 'object') return nameOf(place) ?? 'object';
  if (schema.format) return schema.format;
  const names: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false' };
  const type = String(schema.type ?? 'any value');
  return names[type] ?? type;
}

function limitsOf(schema: JsonSchema): string {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, maxProperties } = schema;
  return [
    ...(schema.enum ? [oneOf(schema.enum)] : []),
    ...range('characters', minLength, maxLength),
    ...range('elements', minItems, maxItems),
    ...range('keys', undefined, maxProperties),
    ...(schema.type === 'string' ? [] : range('', minimum, maximum)),
    ...(schema.default === undefined ? [] : [`Default: \`${JSON.stringify(schema.default)}\`.`]),
  ].join(' ');
}

function range(unit: string, least: number | undefined, most: number | undefined): string[] {
  const tail = unit === '' ? '.' : ` ${unit}.`;
  const hasLeast = least !== undefined;
  if (hasLeast && most !== undefined) return [`${least} to ${most}${tail}`];
  if (most !== undefined) return [`At most ${most}${tail}`];
  return hasLeast ? [`At least ${least}${tail}`] : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
