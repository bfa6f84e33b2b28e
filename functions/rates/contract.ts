import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { date, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './examples.ts';
import { problems } from './problems.ts';
import * as shapes from './shapes.ts';

const rateSetPath = z.strictObject({ name: shapes.name });

export const contract = {
  putRateSet: {
    description:
      'Replaces the set of this name for this date; other dates of the name stay as they are. The same content again ' +
      'changes nothing and answers what stands. A pair is put in one direction only, its inverse follows from it.',
    path: rateSetPath,
    body: z.strictObject({
      date,
      source: shapes.source.optional(),
      rates: shapes.rates,
      expectedVersion: shapes.expectedVersion.optional(),
    }),
    response: shapes.rateSet,
    problems: [problems['version-conflict'], general['conflict-retry']],
    example: { path: { name: 'month-end' }, body: examples.put, response: examples.rateSet },
  },
  getRateSet: {
    description:
      'The set of `date`, or the latest one before it; the newest of all without `date`. `found` and `date` of the answer say which.',
    path: rateSetPath,
    query: z.strictObject({ date: date.optional() }),
    response: shapes.foundRateSet,
    example: {
      path: { name: 'month-end' },
      query: { date: '2026-04-15' },
      response: { ...examples.rateSet, found: 'BEFORE_DATE' },
    },
  },
  listRateSets: {
    description: 'Names with their latest dates, by name.',
    query: page,
    response: z.strictObject({
      rateSets: z.array(shapes.rateSetName),
      nextCursor: z
        .string()
        .optional()
        .meta({ description: 'Pass it as `cursor` for the next page; absent on the last.' }),
    }),
    example: { response: { rateSets: [{ name: 'month-end', latestDate: '2026-03-31' }] } },
  },
} satisfies Contract;
