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
  const ofForms = forms.flatMap((form) => innerRows(schemas.resolve(form), schemas, path, level));
  return [...fields, ...elements, ...new Map(ofForms.map((line) => [`${line.path} ${line.type}`, line])).values()];
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
    ...(schema.enum ? [`One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}.`] : []),
    ...range('characters', minLength, maxLength),
    ...range('elements', minItems, maxItems),
    ...range('keys', undefined, maxProperties),
    ...(schema.type === 'string' ? [] : range('', minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum)),
    ...(schema.default === undefined ? [] : [`\`${JSON.stringify(schema.default)}\` unless told.`]),
  ].join(' ');
}

function range(unit: string, least: number | undefined, most: number | undefined): string[] {
  const tail = unit === '' ? '.' : ` ${unit}.`;
  const hasLeast = least !== undefined && least !== Number.MIN_SAFE_INTEGER;
  if (hasLeast && most !== undefined) return [`${least} to ${most}${tail}`];
  if (most !== undefined) return [`At most ${most}${tail}`];
  return hasLeast ? [`At least ${least}${tail}`] : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
