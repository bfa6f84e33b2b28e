import type { ProblemKind } from '../../../shared/problems/problem.ts';

/** Why a payment, a slip or a callback is refused; part of the problems of settlement. */
export const paymentProblems = {
  'payment-not-found': {
    status: 404,
    title: 'The order has no such payment',
    mend: 'Name the channel and its transaction as they were told; GET the order lists them.',
  },
  'payment-differs': {
    status: 409,
    title: 'The channel told this transaction with another amount or fee before',
    mend: 'Compare with the channel; a second payment has a transaction id of its own.',
  },
  'too-many-payments': {
    status: 409,
    title: 'The order has as many payments as it may have',
    mend: 'Give the payment back at the channel, or let it be paid on another order.',
  },
  'payment-refused': {
    status: 422,
    title: 'The channel does not take such a payment',
    mend: 'See `reason`, and compare with the channel what was told; what it has signed itself is taken and flagged.',
  },
  'channel-not-in-force': {
    status: 409,
    title: 'The channel has no terms on the day of the payment',
    mend: 'Compare the instant with the channel; its terms of days to come can still be put.',
  },
  'callback-refused': {
    status: 403,
    title: 'The callback is not signed by the channel for this address',
    mend: 'Name tenant, market and channel in it and sign it as the reference describes, with the key whose public half the channel has.',
  },
  'callback-unreadable': {
    status: 422,
    title: 'The callback cannot be read',
    mend: 'What could be read of it is kept; compare its fields with those that the reference names.',
  },
  'second-person-required': {
    status: 409,
    title: 'Another person has to do this',
    mend: 'Who told a slip does not confirm it; let another client do so.',
  },
  'payment-ambiguous': {
    status: 409,
    title: 'Several channels told a slip with this number',
    mend: 'Name the channel with `channelId`; `channels` are those that told one.',
  },
  'unassigned-payment-not-found': {
    status: 404,
    title: 'Unassigned payment not found',
    mend: 'Name one by its id; GET /v1/markets/{marketId}/unassigned-payments lists them.',
  },
  'payment-handled': {
    status: 409,
    title: 'Something else was done with the payment',
    mend: 'See `state`: what is ASSIGNED is on `orderNo` and goes back by a refund of it; what is SENT_BACK or DISMISSED is done.',
  },
  'payment-has-place': {
    status: 409,
    title: 'The money of the transaction has its place',
    mend: 'Dismiss this telling of it; `orderNo` has the transaction, and a refund of that order gives it back.',
  },
  'payment-has-none': {
    status: 409,
    title: 'The payment is money that has no place yet',
    mend: 'Assign it to an order, or send it back.',
  },
  'payment-unreadable': {
    status: 409,
    title: 'It could not be read what was paid',
    mend: 'Compare with the channel, tell the payment of its order, and dismiss this one.',
  },
  'slip-decided': {
    status: 409,
    title: 'The slip is decided already',
    mend: 'See `state`: what is CONFIRMED goes back by a refund; what is REFUSED is told again as the slip has it.',
  },
} as const satisfies Record<string, ProblemKind>;
