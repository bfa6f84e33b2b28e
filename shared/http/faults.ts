import * as z from 'zod';
import { maskNumbersIn } from '../identifiers/mask.ts';
import type { FieldFault } from '../problems/problem.ts';
import { jsonPointer } from './json.ts';

/** Faults told in one answer, at most. */
export const FAULTS_MAX = 50;

export const emptyObject = z.strictObject({});

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Says how to mend what a schema found, where the schema has no words of its own. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? 'Required: send' : 'Send'} ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'Required: send' : 'Send'} ${oneOf(issue.values)}.`;
    case 'too_small':
      return sizeText('least', issue.origin, issue.minimum, issue.inclusive);
    case 'too_big':
      return sizeText('most', issue.origin, issue.maximum, issue.inclusive);
    case 'invalid_format':
      return 'The text does not have the form that the reference describes.';
    case 'invalid_union':
      return issue.discriminator
        ? `Send ${oneOf(Array.isArray(issue.options) ? issue.options : [])}.`
        : 'No form of this value fits.';
    case 'not_multiple_of':
      return `Send a multiple of ${issue.divisor}.`;
    default:
      return undefined;
  }
};

/** The issues of a schema as faults of a request, each at its place; every unknown field by itself. */
export function faultsIn(issues: readonly z.core.$ZodIssue[], place: 'pointer' | 'parameter'): FieldFault[] {
  return locateFaults(issues).map(({ path, detail }) => faultAt(path, detail, place));
}

/** A fault at its path, for those who name places in their own way: the columns of a file. */
export interface LocatedFault {
  readonly path: readonly PropertyKey[];
  readonly detail: string;
}

export function locateFaults(issues: readonly z.core.$ZodIssue[]): LocatedFault[] {
  return issues.flatMap((issue) => flatten(issue));
}

function flatten(issue: z.core.$ZodIssue): LocatedFault[] {
  if (issue.code === 'unrecognized_keys') {
    const detail = 'Unknown field; leave it out, or compare its spelling with the reference.';
    return issue.keys.map((key) => ({ path: [...issue.path, key], detail }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 1 && issue.errors.every(isOfWhole)) {
    return [{ path: issue.path, detail: issue.errors.map(([fault]) => fault?.message).join(' Or: ') }];
  }
  const inner = innerIssues(issue);
  if (inner.length === 0) return [{ path: issue.path, detail: issue.message }];
  return inner.flatMap(flatten).map(({ path, detail }) => ({ path: [...issue.path, ...path], detail }));
}

/** A form that fails as a whole, rather than at one of its fields: `ALL or a number`, say. */
function isOfWhole(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.length === 1 && issues[0]?.path.length === 0;
}

/** Of a key, its own issues; of a union, those of the form that the value comes closest to. */
function innerIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code === 'invalid_key') return issue.issues;
  if (issue.code !== 'invalid_union') return [];
  return [...issue.errors].sort((left, right) => left.length - right.length)[0] ?? [];
}

function faultAt(path: readonly PropertyKey[], detail: string, place: 'pointer' | 'parameter'): FieldFault {
  if (place === 'parameter') return { parameter: maskNumbersIn(path.map(String).join('.')), detail };
  return { pointer: maskNumbersIn(jsonPointer(path)), detail };
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
}

function sizeText(bound: 'least' | 'most', origin: string, limit: number | bigint, inclusive = true): string {
  const count = `at ${bound} ${limit}`;
  if (origin === 'string') return `Send ${count} characters.`;
  if (origin === 'array' || origin === 'set') return `Send ${count} elements.`;
  if (inclusive) return `Send ${count}.`;
  return `Send ${bound === 'least' ? 'more' : 'less'} than ${limit}.`;
}
