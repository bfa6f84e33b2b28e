import { expect, test } from 'vitest';
import * as z from 'zod';
import { describeIssue, faultsIn } from '../../../shared/http/faults.ts';

function faultsOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value, { error: describeIssue });
  return faultsIn(error?.issues ?? [], 'pointer');
}

test.each([
  [z.strictObject({ name: z.string() }), {}, [{ pointer: '/name', detail: 'Required: send a string.' }]],
  [z.strictObject({ name: z.string() }), { name: 1 }, [{ pointer: '/name', detail: 'Send a string.' }]],
  [z.strictObject({ on: z.boolean() }), { on: 'yes' }, [{ pointer: '/on', detail: 'Send true or false.' }]],
  [
    z.array(z.int().max(9)),
    [1, 10, 1.5],
    [
      { pointer: '/1', detail: 'Send at most 9.' },
      { pointer: '/2', detail: 'Send a whole number.' },
    ],
  ],
  [z.number().gt(0), 0, [{ pointer: '', detail: 'Send more than 0.' }]],
  [z.string().min(2), 'x', [{ pointer: '', detail: 'Send at least 2 characters.' }]],
  [z.union([z.literal('ALL'), z.number().max(1_000)]), 'x', [{ pointer: '', detail: 'Send ALL. Or: Send a number.' }]],
  [
    z.union([z.strictObject({ iban: z.string() }), z.strictObject({ number: z.string(), bank: z.string() })]),
    { iban: 5 },
    [{ pointer: '/iban', detail: 'Send a string.' }],
  ],
  [
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('NONE') }),
      z.strictObject({ type: z.literal('FLOOR') }),
    ]),
    { type: 'X' },
    [{ pointer: '/type', detail: 'Send one of NONE, FLOOR.' }],
  ],
  [z.strictObject({ 'a/b~c': z.string() }), { 'a/b~c': 1 }, [{ pointer: '/a~1b~0c', detail: 'Send a string.' }]],
])('what a schema finds is told at its place and as something to do: case %#', (schema, value, expected) => {
  expect(faultsOf(schema, value)).toEqual(expected);
});
