import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { problems } from './problems.ts';
import { expectedVersion, outages, outagesOut } from './rails/outage-shapes.ts';
import * as examples from './rails/rail-examples.ts';
import * as shapes from './rails/rail-shapes.ts';
import { routeIn, routeOut } from './rails/route-shapes.ts';

const conflicts = [problems['version-conflict'], general['conflict-retry']];

export const railContract = {
  getRails: {
    description: 'The common rails of China and a SEPA file until rails are put. Each in the form in which it is put.',
    response: shapes.railsOut,
    example: examples.getRails,
  },
  putRails: {
    description:
      'Replaces the whole configuration, the common rails included. The same again changes nothing and answers what stands. Several versions of one rail follow each other by `effectiveFrom`; decisions made before the change stay.',
    body: z.strictObject({ rails: shapes.rails, expectedVersion: expectedVersion.optional() }),
    response: shapes.railsOut,
    problems: conflicts,
    example: examples.putRails,
  },
  putRailOutages: {
    description:
      'Replaces the outages of a rail, known ahead or just begun; an empty list ends them all. A rail is not chosen where it would take the item in an outage.',
    path: z.strictObject({ railId: shapes.railId }),
    body: z.strictObject({ outages, expectedVersion: expectedVersion.optional() }),
    response: outagesOut,
    problems: [problems['rail-not-found'], ...conflicts],
    example: examples.putRailOutages,
  },
  quoteRoute: {
    description:
      'Changes nothing. The rail for an item, its fee, and when it goes; for every other rail what it lost by, or why it cannot take the item. With `attempts`, the rail to fail over to, never one while the money may still move on another.',
    body: routeIn,
    response: routeOut,
    example: examples.quoteRoute,
  },
} satisfies Contract;
