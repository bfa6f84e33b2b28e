import type { ProblemKind } from '../../../shared/problems/problem.ts';

/** Why receipts and matches are refused; part of the problems of receivables. */
export const receiptProblems = {
  'receipt-not-found': {
    status: 404,
    title: 'Receipt not found',
    mend: 'Name a receipt of your own; GET /v1/receipts lists them.',
  },
  'receipt-number-taken': {
    status: 409,
    title: 'Another receipt has this number',
    mend: 'Send other money under a number of its own; what came first under this one stands.',
  },
  'receipt-used': {
    status: 409,
    title: 'Money of the receipt is used',
    mend: 'Unmatch it first; of money that went back to its payer nothing is the same as another receipt.',
  },
  'receipt-stands': {
    status: 409,
    title: 'The receipt cannot be dismissed',
    mend: 'Dismiss what was told by hand alone, what came from an account of your own, or what a report says is no receipt: its `noReceipt` says so. Refund what goes back.',
  },
  'receipt-merged': {
    status: 409,
    title: 'The receipt was merged into another',
    mend: 'Do it with the receipt that `mergedInto` names.',
  },
  'receipt-not-merged': {
    status: 409,
    title: 'The receipt is not merged',
    mend: 'Nothing is to be taken back: it counts by itself.',
  },
  'receipt-not-dismissed': {
    status: 409,
    title: 'Nothing of the receipt is dismissed',
    mend: 'Nothing is to be taken back: all of it counts.',
  },
  'merge-used': {
    status: 409,
    title: 'What was merged was used since',
    mend: 'Take back first what `usedBy` names: unmatch what was matched, reopen what was dismissed, unassign what a bank took back. What was refunded by hand is gone: the merge stands.',
  },
  'merged-too-often': {
    status: 409,
    title: 'The receipt was merged too often',
    mend: 'Dismiss the one that was told by hand instead.',
  },
  'own-credit-not-found': {
    status: 404,
    title: 'No such money from an account of your own',
    mend: 'Name one that GET /v1/own-credits lists.',
  },
  'merge-differs': {
    status: 409,
    title: 'It is not the same money',
    mend: 'Merge only what was told by hand into what others told of the same money, or the other way round: one legal entity, currency, amount, payer and account, at most three days apart; `differs` names what is not the same.',
  },
  'merge-with-itself': {
    status: 422,
    title: 'A receipt cannot be merged into itself',
    mend: 'Name in `into` the other receipt of the same money.',
  },
  'returned-credit-not-found': {
    status: 404,
    title: 'Returned credit not found',
    mend: 'Name a returned credit of your own; GET /v1/returned-credits lists them.',
  },
  'returned-credit-assigned': {
    status: 409,
    title: 'All of the returned credit is taken off receipts',
    mend: 'Nothing is left to be assigned of it; `receiptIds` names where it went.',
  },
  'returned-credit-dismissed': {
    status: 409,
    title: 'The returned credit was dismissed',
    mend: 'Somebody said that it is of no receipt; `detail` says why. Where it is of one after all, reopen it, and assign it then.',
  },
  'returned-credit-differs': {
    status: 409,
    title: 'The receipt cannot be what was taken back',
    mend: 'Name a receipt of the same legal entity, currency and account; `differs` names what is not the same.',
  },
  'returned-credit-exceeded': {
    status: 409,
    title: 'More than what is left of the returned credit',
    mend: 'Assign up to `available`.',
  },
  'cash-account': {
    status: 409,
    title: 'The account cannot hold the money',
    mend: 'Name an account of your ledger that the legal entity holds, in the currency of the receipt.',
  },
  'match-not-found': {
    status: 404,
    title: 'Match not found',
    mend: 'Name a match of your own; GET /v1/receipts/{receiptId} lists those of a receipt.',
  },
  'suggestion-not-found': {
    status: 409,
    title: 'The receipt has no such suggestion',
    mend: 'Read the receipt: its suggestions count from 1, the best first.',
  },
  'match-empty': {
    status: 422,
    title: 'Nothing is to be paid',
    mend: 'Name invoices, or an amount to put on account.',
  },
  'match-too-large': {
    status: 422,
    title: 'Too many invoices or matches',
    mend: 'Pay the invoices in several matches.',
  },
  'invoice-twice': {
    status: 422,
    title: 'An invoice is named twice',
    mend: 'Name each invoice once, with all that is to be paid of it.',
  },
  'other-currency': {
    status: 409,
    title: 'The currency is another one than that of the receipt',
    mend: 'Name amounts in the currency of the receipt, and invoices in it: money pays no other. What pays none, refund or put on account.',
  },
  'other-legal-entity': {
    status: 409,
    title: 'The invoice is of another legal entity',
    mend: 'Money pays invoices of the legal entity that it came to only. Refund it, or put it on account.',
  },
  'other-customer': {
    status: 409,
    title: 'It belongs to another customer',
    mend: 'Pay the invoices of each customer by a call of its own, and only from what is not on account for another.',
  },
  'invoice-exceeded': {
    status: 409,
    title: 'More than what is open of the invoice',
    mend: 'Pay up to `open`; put the rest on account.',
  },
  'receipt-exceeded': {
    status: 409,
    title: 'More than what is not used of the receipt',
    mend: 'Use up to `available`; unmatch first what is to be used in another way.',
  },
  'on-account-exceeded': {
    status: 409,
    title: 'More than the receipt has on account',
    mend: 'Use up to `available`.',
  },
  'on-account-used': {
    status: 409,
    title: 'What the match put on account was used',
    mend: 'Unmatch first what `usedBy` names. What was refunded is gone: its match stands.',
  },
  'match-undone': {
    status: 409,
    title: 'The match was undone before',
    mend: 'Nothing is left to be undone of it.',
  },
  'nothing-matched': {
    status: 409,
    title: 'Nothing of the receipt is matched',
    mend: 'Nothing is left to be undone: GET /v1/receipts/{receiptId} shows what was, and when it was undone.',
  },
  'exception-not-found': {
    status: 404,
    title: 'The receipt waits for nobody',
    mend: 'GET /v1/exceptions lists those that do.',
  },
  'exception-open': {
    status: 409,
    title: 'Money of the receipt has no place yet',
    mend: 'Match, allocate or refund all of it: that settles the exception.',
  },
} as const satisfies Record<string, ProblemKind>;
