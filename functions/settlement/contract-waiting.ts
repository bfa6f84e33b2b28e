import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './journal/waiting-examples.ts';
import * as shapes from './journal/waiting-shapes.ts';
import { problems } from './problems.ts';

export const waitingContract = {
  listWaitingPostings: {
    description:
      'What the journal of a market posts and the ledger refused, with why and since when; what is asked for again first comes ' +
      'first. Its lines stand, and its money is missing on the accounts until it is booked.',
    path: shapes.waitingPath,
    query: shapes.waitingQuery,
    response: shapes.waitingPostingsOut,
    problems: [problems['market-not-found']],
    example: examples.listWaitingPostings,
  },
  askForPosting: {
    description:
      'Once what kept it from being booked is mended: the ledger is asked again within five minutes, and not only when its turn ' +
      'comes. It is booked once, however often it is asked for.',
    path: shapes.postingPath,
    response: shapes.waitingPostingOut,
    problems: [problems['market-not-found'], problems['posting-not-found']],
    example: examples.askForPosting,
  },
  listWaitingSteps: {
    description:
      'Refunds and subsidies of a market’s orders that the ledger refused because who gives has too little, and what of them is to ' +
      'be given back; what is asked for again first comes first.',
    path: shapes.waitingPath,
    query: shapes.waitingQuery,
    response: shapes.waitingStepsOut,
    problems: [problems['market-not-found']],
    example: examples.listWaitingSteps,
  },
  askForStep: {
    description:
      'For when those who give have more: the ledger is asked again within five minutes, and not only when its turn comes. It is booked ' +
      'once, however often it is asked for.',
    path: shapes.stepPath,
    response: shapes.waitingStepOut,
    problems: [problems['market-not-found'], problems['step-not-found'], general['conflict-retry']],
    example: examples.askForStep,
  },
  listParkedChanges: {
    description:
      'Changes of orders whose lines could not be computed: they are put aside so that they hold up no others, and are tried again ' +
      'every five minutes. Until then merchants miss what they mean.',
    query: shapes.waitingQuery,
    response: shapes.parkedChangesOut,
    example: examples.listParkedChanges,
  },
} satisfies Contract;
