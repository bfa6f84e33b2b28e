import { defineProblems } from '../../shared/problems/problem.ts';

/** Why collection refuses. */
export const problems = defineProblems('collection', {
  'rail-not-found': {
    status: 404,
    title: 'Rail not found',
    mend: 'Name a rail of the configuration; GET /v1/rails lists them.',
  },
  'mandate-not-found': {
    status: 404,
    title: 'Mandate not found',
    mend: 'Name a mandate of your own; GET /v1/mandates lists them.',
  },
  'agreement-number-taken': {
    status: 409,
    title: 'Another mandate has this agreement number',
    mend: 'Send the number of this agreement; where that mandate is meant, use it.',
  },
  'mandate-state': {
    status: 409,
    title: 'The state of the mandate does not allow it',
    mend: 'PENDING is confirmed, ACTIVE suspended, SUSPENDED resumed; each of them can be revoked. For a mandate at its end make a new one.',
  },
  'bank-channel-missing': {
    status: 409,
    title: 'There is no bank channel',
    mend: 'Say how orders reach your bank with PUT /v1/bank-channel; SANDBOX is the bank to try things out with.',
  },
  'bank-message-differs': {
    status: 409,
    title: 'The message was handed to the bank with other content',
    mend: 'Hand other orders over under ids of their own; what was handed over first stands.',
  },
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
});
