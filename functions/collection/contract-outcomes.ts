import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { recordOrderOutcome } from './batches/batch-examples.ts';
import { itemOut } from './batches/batch-shapes.ts';
import { orderPath, outcomeIn } from './outcomes/outcome-shapes.ts';
import { problems } from './problems.ts';

export const outcomeContract = {
  recordOrderOutcome: {
    description:
      'For an order that the bank has and is silent about. It counts as a report of the bank: money is booked, what failed is ' +
      'tried again where the mandate says so, and what the bank reports later against it is noted. A total that is larger ' +
      'than what came so far is recorded as well. The same again changes nothing.',
    path: orderPath,
    body: outcomeIn,
    response: itemOut,
    problems: [
      problems['order-not-found'],
      problems['outcome-malformed'],
      problems['outcome-refused'],
      general['conflict-retry'],
    ],
    example: recordOrderOutcome,
  },
} satisfies Contract;
