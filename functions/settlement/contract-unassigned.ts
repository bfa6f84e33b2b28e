import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { marketId } from './markets/market-shapes.ts';
import { problems } from './problems.ts';
import * as examples from './unassigned/unassigned-examples.ts';
import * as shapes from './unassigned/unassigned-shapes.ts';

const working = [
  problems['unassigned-payment-not-found'],
  problems['payment-handled'],
  problems['payment-has-place'],
  general['conflict-retry'],
];

export const unassignedContract = {
  listUnassignedPayments: {
    description:
      'What waits for somebody, by the number that it names, with why, and orders that it may be of. `limit` counts numbers, ' +
      'one with many payments once for each page of it: a hundred at most. Of one `orderNo` a page is in an answer. ' +
      'Without it `place` tells of what stands on the same page alone; with it of all that was kept under the number.',
    path: z.strictObject({ marketId }),
    query: shapes.unassignedQuery,
    response: shapes.unassignedOut,
    problems: [problems['market-not-found']],
    example: examples.listUnassignedPayments,
  },
  assignPayment: {
    description: 'The order takes it as if it had been named. Done again it changes nothing.',
    path: shapes.paymentPath,
    body: shapes.assignmentIn,
    response: shapes.assignedOut,
    problems: [
      problems['order-not-found'],
      problems['channel-not-found'],
      problems['payment-unreadable'],
      problems['payment-differs'],
      problems['too-many-payments'],
      ...working,
    ],
    example: examples.assignPayment,
  },
  sendBackPayment: {
    description:
      'Note that it goes back to who paid, at the channel; nothing of it was booked. From then on no order takes it. Done again it ' +
      'changes nothing.',
    path: shapes.paymentPath,
    body: shapes.closingIn,
    response: shapes.unassignedPayment,
    problems: working,
    example: examples.sendBackPayment,
  },
  dismissPayment: {
    description:
      'Take off the list what is no money of its own: another telling of a transaction, or what could not be read.',
    path: shapes.paymentPath,
    body: shapes.closingIn,
    response: shapes.unassignedPayment,
    problems: [
      problems['unassigned-payment-not-found'],
      problems['payment-handled'],
      problems['payment-has-none'],
      general['conflict-retry'],
    ],
    example: examples.dismissPayment,
  },
} satisfies Contract;
