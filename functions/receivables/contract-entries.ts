import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as collected from './collected/collected-examples.ts';
import { acknowledgeCollectedIn, collectedOut, collectedQuery } from './collected/collected-shapes.ts';
import { problems } from './problems.ts';
import * as returned from './returned/returned-examples.ts';
import {
  assignReturnedIn,
  dismissReturnedIn,
  reopenReturnedIn,
  returnedOut,
  returnedQuery,
  unassignReturnedIn,
} from './returned/returned-shapes.ts';

const nextCursor = z.string().optional();

export const entryContract = {
  listReturnedCredits: {
    description:
      'Those in a state, the longest there first; the open ones, unless told. What a bank took back is taken off the receipt that ' +
      'has its reference, or else the only one of its amount and payer; where there is none, or several, it is open.',
    query: returnedQuery,
    response: z.object({ returnedCredits: z.array(returnedOut), nextCursor }),
    example: returned.listReturnedCredits,
  },
  assignReturnedCredit: {
    description:
      'Takes what a bank took back, or an amount of it, off a receipt: what it pays is unmatched, then it counts as gone back.',
    path: z.strictObject({ returnedCreditId: id('rtc') }),
    body: assignReturnedIn,
    response: returnedOut,
    problems: [
      problems['returned-credit-not-found'],
      problems['returned-credit-assigned'],
      problems['returned-credit-dismissed'],
      problems['returned-credit-differs'],
      problems['returned-credit-exceeded'],
      problems['receipt-not-found'],
      problems['receipt-merged'],
      problems['receipt-exceeded'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: returned.assignReturnedCredit,
  },
  dismissReturnedCredit: {
    description: 'Says that what is left of it was never a receipt here, so that it waits no more. Nothing is booked.',
    path: z.strictObject({ returnedCreditId: id('rtc') }),
    body: dismissReturnedIn,
    response: returnedOut,
    problems: [
      problems['returned-credit-not-found'],
      problems['returned-credit-assigned'],
      problems['returned-credit-dismissed'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: returned.dismissReturnedCredit,
  },
  reopenReturnedCredit: {
    description:
      'Takes back that it was dismissed: it is looked at again, and waits, where no receipt is found for it.',
    path: z.strictObject({ returnedCreditId: id('rtc') }),
    body: reopenReturnedIn,
    response: returnedOut,
    problems: [
      problems['returned-credit-not-found'],
      problems['returned-credit-not-dismissed'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: returned.reopenReturnedCredit,
  },
  unassignReturnedCredit: {
    description:
      'Takes back that it is of a receipt: the money of that counts as there again, its refund is turned round, and it waits to be ' +
      'matched by somebody. The returned credit is looked at again, but not taken off that receipt by itself.',
    path: z.strictObject({ returnedCreditId: id('rtc') }),
    body: unassignReturnedIn,
    response: returnedOut,
    problems: [
      problems['returned-credit-not-found'],
      problems['returned-credit-not-assigned'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: returned.unassignReturnedCredit,
  },
  listCollectedCredits: {
    description:
      'A credit for a whole file of collections is no receipt: its orders are. It is compared with what they brought, and each ' +
      'hour again as long as it differs; a page has those in a state, the differing ones unless told.',
    query: collectedQuery,
    response: z.object({ collectedCredits: z.array(collectedOut), nextCursor }),
    example: collected.listCollectedCredits,
  },
  acknowledgeCollectedCredit: {
    description:
      'Says that it differs for good, and why, so that it waits no more and is compared no more; nothing is booked. Where a ' +
      'statement tells more of it, and the difference is another one, it differs again.',
    path: z.strictObject({ collectedCreditId: id('ccr') }),
    body: acknowledgeCollectedIn,
    response: collectedOut,
    problems: [
      problems['collected-credit-not-found'],
      problems['collected-credit-state'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: collected.acknowledgeCollectedCredit,
  },
} satisfies Contract;
