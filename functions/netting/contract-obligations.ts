import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './obligations/obligation-examples.ts';
import * as shapes from './obligations/obligation-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ obligationId: shapes.obligationId });
const acting = { path, response: shapes.obligationOut };
const changing = [
  problems['obligation-not-found'],
  problems['obligation-state'],
  problems['cycle-closed'],
  general['conflict-retry'],
];

const actingTogether = {
  response: shapes.actsOut,
  problems: [problems['centre-not-found'], general['conflict-retry']],
};

export const obligationContract = {
  createObligation: {
    description:
      'The same reference with the same content is the same obligation (200), however often it is sent; with other content it is ' +
      'refused. What comes when its cycle has been cut off goes to the next one and says so.',
    body: shapes.obligationIn,
    response: shapes.obligationOut,
    problems: [
      problems['centre-not-found'],
      problems['obligation-refused'],
      problems['obligation-reference-used'],
      problems['calendar-not-published'],
      general['conflict-retry'],
    ],
    example: examples.createObligation,
  },
  createObligations: {
    description: 'Sent again, be it because it broke off, it comes to the same: each reference counts once.',
    body: shapes.obligationsIn,
    response: shapes.batchOut,
    problems: [problems['centre-not-found'], general['conflict-retry']],
    example: examples.createObligations,
  },
  confirmObligations: {
    ...actingTogether,
    description:
      'Each as by itself, and written together. Sent again, be it because it broke off, it changes nothing more.',
    body: shapes.actsIn,
    example: examples.confirmObligations,
  },
  disputeObligations: {
    ...actingTogether,
    description: 'Each as by itself, for the same reason, and written together. Sent again, it changes nothing more.',
    body: shapes.disputesIn,
    example: examples.disputeObligations,
  },
  withdrawObligations: {
    ...actingTogether,
    description: 'Each as by itself, and written together. Sent again, it changes nothing more.',
    body: shapes.actsIn,
    example: examples.withdrawObligations,
  },
  listObligations: {
    description:
      'Of a cycle in no order; or the one with a reference. A page may hold fewer than `limit` and still have a next one.',
    query: shapes.obligationsQuery,
    response: shapes.obligationsOut,
    problems: [problems['cycle-not-found']],
    example: examples.listObligations,
  },
  getObligation: { ...acting, problems: [problems['obligation-not-found']], example: examples.getObligation },
  withdrawObligation: {
    ...acting,
    description: 'Until the cut-off of its cycle, and for good. Asked twice, it changes nothing the second time.',
    problems: changing,
    example: examples.withdrawObligation,
  },
  confirmObligation: {
    ...acting,
    description: 'Until the confirmation of its cycle ends. Asked twice, it changes nothing the second time.',
    problems: changing,
    example: examples.confirmObligation,
  },
  disputeObligation: {
    ...acting,
    description: 'Until the confirmation of its cycle ends. Another reason takes the place of the first.',
    body: shapes.disputeIn,
    problems: changing,
    example: examples.disputeObligation,
  },
  resolveObligationDispute: {
    ...acting,
    description: 'It is what it was before, UNCONFIRMED or CONFIRMED. Asked twice, it changes nothing the second time.',
    problems: changing,
    example: examples.resolveObligationDispute,
  },
} satisfies Contract;
