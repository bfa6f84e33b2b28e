import { defineProblems } from '../../shared/problems/problem.ts';
import { paymentProblems } from './orders/payment-problems.ts';

/** Why settlement refuses. */
export const problems = defineProblems('settlement', {
  ...paymentProblems,
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
  'market-not-found': {
    status: 404,
    title: 'Market not found',
    mend: 'Name a market of your own; GET /v1/markets lists them.',
  },
  'market-id-taken': {
    status: 409,
    title: 'There is a market with this id',
    mend: 'Send an id of its own; where that market is meant, change it with PATCH.',
  },
  'channel-not-found': {
    status: 404,
    title: 'Pay channel not found',
    mend: 'Name a channel that the market has; GET /v1/markets/{marketId}/channels lists them.',
  },
  'channel-refused': {
    status: 409,
    title: 'The pay channel does not fit its market, or what it was',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'merchant-not-found': {
    status: 404,
    title: 'Merchant not found',
    mend: 'Name a merchant of your own; GET /v1/merchants lists those of a market.',
  },
  'merchant-id-taken': {
    status: 409,
    title: 'There is a merchant with this id',
    mend: 'Send an id of its own; where that merchant is meant, change it with PATCH.',
  },
  'payout-account': {
    status: 409,
    title: 'The money cannot be paid out to this account',
    mend: 'Name an open account of your ledger in the currency of the market that no capability has as its own.',
  },
  'split-rule-not-found': {
    status: 404,
    title: 'Split rule, or version of one, not found',
    mend: 'Name a rule of your own; GET /v1/split-rules lists those of a market.',
  },
  'split-rule-refused': {
    status: 409,
    title: 'The split rule does not fit its market',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'version-in-past': {
    status: 409,
    title: 'Terms of a day that has begun would change',
    mend: 'Send `earliest`, the next day of the market, or a later one; what is paid before keeps its version.',
  },
  'split-rule-not-in-force': {
    status: 409,
    title: 'No version of the split rule is in force on that day',
    mend: 'See from when to when its versions are in force; make one that is, or name another rule.',
  },
  'template-not-found': {
    status: 404,
    title: 'Template not found',
    mend: 'Name a template that the market has; GET …/file-templates and …/day-file-templates list them.',
  },
  'template-id-taken': {
    status: 409,
    title: 'Everybody has a template with this id',
    mend: 'Put your own under another id.',
  },
  'channel-file-refused': {
    status: 422,
    title: 'The file of the channel is refused',
    mend: 'See `detail` and `faults`, each with its line; nothing of the file counts.',
  },
  'channel-file-not-found': {
    status: 404,
    title: 'File of a channel not found',
    mend: 'Name a file of your own; GET /v1/markets/{marketId}/channel-files lists them.',
  },
  'channel-file-missing': {
    status: 409,
    title: 'No file of the channel stands for this day',
    mend: 'Send the channel’s file of that day with POST /v1/markets/{marketId}/channel-files.',
  },
  'channel-file-broke-off': {
    status: 500,
    title: 'The file of the channel was not taken, and not through the file',
    mend: 'Send the file again.',
  },
  'comparison-not-found': {
    status: 404,
    title: 'Comparison not found',
    mend: 'Ask for one with POST /v1/markets/{marketId}/comparisons.',
  },
  'difference-not-found': {
    status: 404,
    title: 'Difference not found',
    mend: 'Name one of this comparison; the list of its differences names them.',
  },
  'difference-resolved': {
    status: 409,
    title: 'The difference is resolved',
    mend: 'See who resolved it, and how; it does not change any more.',
  },
  'report-too-large': {
    status: 422,
    title: 'The report would read too much for one answer',
    mend: 'Ask for a shorter period.',
  },
  'proof-not-found': {
    status: 404,
    title: 'The market was never proved',
    mend: 'Have an operator ask for a proof with POST /v1/markets/{marketId}/proof.',
  },
  'proof-too-large': {
    status: 422,
    title: 'More orders were changed on one day than a proof has in memory',
    mend: 'Split the market, or raise the memory of on-proof-asked and the limit of carry-out-proof.ts.',
  },
  'split-refused': {
    status: 422,
    title: 'The amounts cannot be split by these terms',
    mend: 'See `reason` and the amounts beside it; lower the fixed lines, floors or ratios, or split more.',
  },
  'calendar-not-published': {
    status: 409,
    title: 'CALENDAR_NOT_PUBLISHED: the working-day calendar does not reach that day',
    mend: 'Wait until the calendar of that year is published, or choose a day inside its coverage.',
  },
  'run-not-found': {
    status: 404,
    title: 'Settlement run not found',
    mend: 'Name a settlement run of your own; starting one answers its id.',
  },
  'business-date-ahead': {
    status: 409,
    title: 'The business date has not begun',
    mend: 'Send `today`, the day of the market, or an earlier one.',
  },
  'business-date-past': {
    status: 422,
    title: 'The business date is too long ago',
    mend: 'Send `earliest`, or a later day.',
  },
  'settlement-not-found': {
    status: 404,
    title: 'Settlement not found',
    mend: 'Name a settlement of your own; GET /v1/merchants/{merchantId}/settlements lists those of a merchant.',
  },
  'nothing-to-retry': {
    status: 409,
    title: 'Nothing of the settlement can be tried again now',
    mend: 'See `state`: what is on its way is not sent twice, what is paid is paid; what a netting cycle is to pay is paid by that; a suspended merchant must be active first; what waits for funds goes as far as there is for it, one part a day.',
  },
  'merchant-suspended': {
    status: 409,
    title: 'The merchant is suspended',
    mend: 'Make the merchant active with PATCH, or name another one.',
  },
  'order-not-found': {
    status: 404,
    title: 'Order not found',
    mend: 'Name an order of your own by its number; a payment of one that is still to come is kept where you name its market.',
  },
  'order-number-used': {
    status: 409,
    title: 'There is an order with this number and other content',
    mend: 'Send the order as it was sent first, or another number for another order.',
  },
  'sub-order-not-found': {
    status: 404,
    title: 'The order has no such sub-order',
    mend: 'Name sub-orders by the numbers that the order was sent with.',
  },
  'order-not-paid': {
    status: 409,
    title: 'The order is not paid yet',
    mend: 'Wait until all of it is paid and the subsidies have landed; `toPay` says what is missing, and POST …/cancel-subsidies goes on without these.',
  },
  'split-number-used': {
    status: 409,
    title: 'There is a split with this number and other content',
    mend: 'Send the request as it was sent first, or another number for another split.',
  },
  'split-not-manual': {
    status: 409,
    title: 'The sub-order is split by its plan',
    mend: 'Wait for its plan, or confirm the goods where it counts from that; MANUAL ones are split as you ask.',
  },
  'split-window-over': {
    status: 409,
    title: 'The sub-order can no longer be split',
    mend: 'What was left after `waitsUntil` goes to the selling merchant; unfreeze it to have that now.',
  },
  'above-unsplit': {
    status: 422,
    title: 'More is asked for than is not split yet',
    mend: 'Send `unsplit` at most.',
  },
  'receiver-suspended': {
    status: 409,
    title: 'A receiver is suspended',
    mend: 'Leave the receiver out, make it active, or send PARTIAL so that its share goes to the selling merchant.',
  },
  'too-many-entries': {
    status: 409,
    title: 'The order has as many of them as it may have',
    mend: 'Put what is left into one request, or unfreeze the rest.',
  },
  'order-disputed': {
    status: 409,
    title: 'The order is disputed for another reason',
    mend: 'Resolve that dispute first; `reason` says what it is about.',
  },
  'refund-number-used': {
    status: 409,
    title: 'There is a refund with this number and other content, or of another order of the market',
    mend: 'Send the refund as it was sent first, or another number for another refund.',
  },
  'posting-not-found': {
    status: 404,
    title: 'No such posting waits',
    mend: 'Name one that GET /v1/markets/{marketId}/waiting-postings lists; what is not there any more is booked.',
  },
  'step-not-found': {
    status: 404,
    title: 'No such refund or subsidy waits',
    mend: 'Name one that GET /v1/markets/{marketId}/waiting-steps lists; what is not there any more is booked or past.',
  },
  'refund-not-found': {
    status: 404,
    title: 'The order has no such refund',
    mend: 'Name a refund by the number that it was asked for with; GET the order lists them.',
  },
  'subsidies-owed': {
    status: 409,
    title: 'Funders of coupons still owe the subsidies of the order',
    mend: 'Ask again when these have landed; or send `left` as `amount`, or what one payment was of; or go on without them first: POST /v1/orders/{no}/cancel-subsidies.',
  },
  'refund-above-left': {
    status: 422,
    title: 'More is asked back than is left',
    mend: 'Send `left` at most.',
  },
  'refund-refused': {
    status: 422,
    title: 'The refund cannot be divided as it is asked for',
    mend: 'See `reason` and the amounts beside it, and mend the field named in `errors`.',
  },
  'refund-above-payment': {
    status: 422,
    title: 'No payment of the order has so much left',
    mend: 'Send several refunds, each of what one of `payments` has left at most.',
  },
  'refund-too-late': {
    status: 409,
    title: 'The channel no longer refunds the payment',
    mend: 'Give the money back outside of the channel; its window ended on `lastDay`.',
  },
  'refund-uncertain': {
    status: 409,
    title: 'An earlier refund of the same money is uncertain',
    mend: 'Query the channel and tell the result of `refundNo`; until then the same money may be on its way.',
  },
  'refund-not-withdrawn': {
    status: 409,
    title: 'The refund cannot be withdrawn',
    mend: 'See `state` and `told`: one that is PENDING_FUNDS can, unless the channel carries it out.',
  },
});
