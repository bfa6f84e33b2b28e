import { defineProblems } from '../../shared/problems/problem.ts';

/** Why pooling refuses. */
export const problems = defineProblems('pooling', {
  'pool-not-found': {
    status: 404,
    title: 'Pool not found',
    mend: 'Check the pool id; it is in the answer to the call that created the pool.',
  },
  'run-not-found': { status: 404, title: 'Run not found', mend: 'Check the run id and the pool it belongs to.' },
  'payment-not-found': {
    status: 404,
    title: 'Payment not found',
    mend: 'Check the payment id and the pool it was made from.',
  },
  'account-not-found': {
    status: 404,
    title: 'Account not found',
    mend: 'Open the account in the ledger first, then name it here.',
  },
  'not-a-member': {
    status: 404,
    title: 'The account is no member of the pool',
    mend: 'Name an account of the pool’s tree, or add it with the members.',
  },
  'currency-mismatch': {
    status: 400,
    title: 'Currency does not fit the pool',
    mend: 'Amounts and accounts of a pool are in its currency; only a NOTIONAL pool has members in others.',
  },
  'tree-malformed': {
    status: 400,
    title: 'The accounts form no tree',
    mend: 'Name each account once, with a parent that is the header or another member, and no account above itself.',
  },
  'members-malformed': {
    status: 400,
    title: 'What is agreed with the members does not hold together',
    mend: 'Mend each field named in `errors` and send the members again.',
  },
  'date-not-allowed': {
    status: 400,
    title: 'Business date not allowed',
    mend: 'Send today or a day of the last 366.',
  },
  'calendar-not-published': {
    status: 409,
    title: 'CALENDAR_NOT_PUBLISHED: the working-day calendar does not reach that day',
    mend: 'Wait until the calendar of that year is published, or choose a day inside its coverage.',
  },
  'account-not-allowed': {
    status: 409,
    title: 'The account may not join a pool',
    mend: 'Only GENERAL, INCOME and EXPENSE accounts may join, and none that only records (hot), is closed or, for a LEDGER pool, has pending amounts. Name another account, or mend this one and use a new Idempotency-Key.',
  },
  'account-in-other-pool': {
    status: 409,
    title: 'The account belongs to another pool',
    mend: 'An account has one parent: take it out of the members of the pool that `poolId` names. The header of a pool stays with it.',
  },
  'pool-opening': {
    status: 409,
    title: 'The pool is still being opened',
    mend: 'Send the request again in a minute: the book over the real account is being made.',
  },
  'version-conflict': {
    status: 409,
    title: 'The configuration has changed meanwhile',
    mend: 'Read the pool again, make your change on what you find, and send it with that version.',
  },
  'kind-not-fitting': {
    status: 409,
    title: 'Not with a pool of this kind',
    mend: 'A NOTIONAL pool moves nothing; internal ledgers, virtual accounts and money booked into them belong to LEDGER pools.',
  },
  'run-out-of-order': {
    status: 409,
    title: 'A later run has been carried out',
    mend: 'Send the business date of the last run or a later one; `lastRun` of the pool names it.',
  },
  'run-under-way': {
    status: 409,
    title: 'The run before is still being carried out',
    mend: 'Send the request again when that run is at its end; `runId` names it.',
  },
  'receipts-not-ready': {
    status: 409,
    title: 'There are no receipts yet',
    mend: 'Send the request again when the run or the payment is at its end: `status` tells. From then on its receipts stay as they are.',
  },
  'payment-refused': {
    status: 409,
    title: 'The payment cannot be made',
    mend: 'Nothing was booked. `because` says what is short or closed; mend it and send the payment under a new Idempotency-Key.',
  },
  'funding-refused': {
    status: 409,
    title: 'The payment is more than the account holds, and the pool may not fund the rest',
    mend: 'Nothing was booked. `reason` says what stands in the way on the edge above `accountId`, and `short` by how much: agree on funding in real time, raise its maximum, limits or the ceiling of the loan, or fund the accounts above; then use a new Idempotency-Key.',
  },
  'virtual-account-taken': {
    status: 409,
    title: 'The virtual account number is in use',
    mend: 'Choose another number: each leads to one ledger.',
  },
  'virtual-account-unknown': {
    status: 404,
    title: 'No ledger has this virtual account number',
    mend: 'Check the number, or name the ledger by its account id.',
  },
  'debit-account-not-allowed': {
    status: 409,
    title: 'A receipt cannot come from this account',
    mend: 'Name an account outside the pool, or none: then it comes from the clearing account of the pool.',
  },
  'interest-terms-missing': {
    status: 409,
    title: 'The pool has no interest terms',
    mend: 'Set them first, with PUT …/interest-terms.',
  },
  'interest-terms-not-found': {
    status: 404,
    title: 'The pool has no interest terms',
    mend: 'Set them with PUT …/interest-terms.',
  },
  'interest-terms-malformed': {
    status: 400,
    title: 'The interest terms do not fit the pool',
    mend: 'Mend the field named in `errors`.',
  },
  'interest-terms-outdated': {
    status: 409,
    title: 'The interest terms do not fit the members any longer',
    mend: 'Set the terms again: `because` names what no longer fits.',
  },
  'interest-run-not-found': {
    status: 404,
    title: 'Interest run not found',
    mend: 'Check the run id and the pool or account that it belongs to.',
  },
  'deposit-not-agreed': {
    status: 404,
    title: 'The account has no agreed deposit',
    mend: 'Agree on one first, with PUT /v1/agreed-deposits/{accountId}.',
  },
  'interest-rate-missing': {
    status: 409,
    title: 'A rate that the period needs is missing',
    mend: 'Add an interest rate that is effective on or before `date`; or, where `rateSet` is named, the rate of `base` in `quote` to that set, on or before `date`.',
  },
  'interest-period-malformed': {
    status: 400,
    title: 'The interest period is malformed',
    mend: 'Send `from` (counted) before `to` (not counted), at most 366 days, with `to` not after today.',
  },
  'interest-period-not-next': {
    status: 409,
    title: 'The interest period does not follow the last one',
    mend: 'Begin where the last period ended, or the first one on the `from` of the settlementDay; `expectedFrom` names the day.',
  },
});
