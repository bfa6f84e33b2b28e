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
  'batch-not-found': {
    status: 404,
    title: 'Batch not found',
    mend: 'Name a batch of your own; GET /v1/collection-batches lists them. A collection by itself is at /v1/collections.',
  },
  'collection-not-found': {
    status: 404,
    title: 'Collection not found',
    mend: 'Name a collection of your own; GET /v1/collections lists them. Those of a batch are at /v1/collection-batches/{batchId}/items.',
  },
  'batch-number-taken': {
    status: 409,
    title: 'Another batch has this number',
    mend: 'Send other lines under a number of their own; to see what became of the first, send it as it was.',
  },
  'batch-too-large': {
    status: 422,
    title: 'The batch makes too many collections',
    mend: 'Send the lines in several batches.',
  },
  'credit-account': {
    status: 409,
    title: 'The account cannot take collected money',
    mend: 'Name an open account of the ledger that is yours, that is not hot and no loan.',
  },
  'lines-refused': {
    status: 422,
    title: 'Lines are refused, and with them the batch',
    mend: 'Mend the lines named, or leave `atomic` out: then the others are accepted.',
  },
  'file-refused': {
    status: 400,
    title: 'The file cannot be read',
    mend: 'Send a CSV file with the columns that the reference lists.',
  },
  'collection-refused': {
    status: 409,
    title: 'The collection is refused',
    mend: 'Mend the field that `errors` names as its `detail` says, and send it again; nothing was accepted.',
  },
  'order-not-found': {
    status: 404,
    title: 'Order not found',
    mend: 'Name the `orderId` of a try of a collection of your own.',
  },
  'outcome-malformed': {
    status: 400,
    title: 'No order could come to this',
    mend: 'Mend the field that `errors` names as its `detail` says.',
  },
  'outcome-refused': {
    status: 409,
    title: 'The order cannot have come to this',
    mend: 'Read the collection: where the bank is right, nothing is to be recorded; where it is not, it has to say so itself.',
  },
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
});
