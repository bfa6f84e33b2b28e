import { defineProblems } from '../../shared/problems/problem.ts';

/**
 * Why the ledger refuses. Status 400 is a malformed request and is not remembered; the others are refusals by state: the
 * record of the key keeps them, and the same key gets the same refusal for ever.
 */
export const problems = defineProblems('ledger', {
  'account-not-found': {
    status: 404,
    title: 'Account not found',
    mend: 'Check the account id. After opening the account, send the transfer under a new Idempotency-Key.',
  },
  'transfer-not-found': {
    status: 404,
    title: 'Transfer not found',
    mend: 'Check the transfer id; it is in the answer to the call that created it.',
  },
  'same-account': {
    status: 400,
    title: 'Debit and credit account are the same',
    mend: 'Name two different accounts in each leg.',
  },
  'currency-mismatch': {
    status: 400,
    title: 'Currency does not fit the account',
    mend: 'Both accounts of a leg must be held in the currency of its amount.',
  },
  'amounts-do-not-fit': {
    status: 400,
    title: 'Amounts do not fit the pending transfer',
    mend: 'Name each leg once, by its number, with an amount up to what is held; at least one above zero.',
  },
  'value-date-not-allowed': {
    status: 400,
    title: 'Value date not allowed',
    mend: 'Send a value date that is not in the future and at most 366 days back, or none for today.',
  },
  'expiry-not-allowed': {
    status: 400,
    title: 'Expiry not allowed',
    mend: 'Send expiresAt with mode PENDING only, in the future and at most 366 days ahead.',
  },
  'hot-account-not-authorised': {
    status: 400,
    title: 'Nothing is authorised against a hot account',
    mend: 'Postings to it are recorded. It has the constraint NONE, no frozen amount, and is not closed; FROZEN keeps further debits off.',
  },
  'constraint-malformed': {
    status: 400,
    title: 'Constraint is malformed',
    mend: 'Send an amount of zero or above in the currency of the account.',
  },
  'batch-too-large': {
    status: 400,
    title: 'Batch too large to be atomic',
    mend: 'Send fewer transfers with atomic, or send them without it.',
  },
  'transfer-not-pending': {
    status: 409,
    title: 'Transfer is not pending',
    mend: 'Only a transfer made with mode PENDING can be posted or voided.',
  },
  'pending-owned': {
    status: 409,
    title: 'The hold belongs to a capability',
    mend: 'End what it was made for there: cancel a collection, say, or record what became of it.',
  },
  'pending-already-posted': {
    status: 409,
    title: 'Pending transfer already posted',
    mend: 'Nothing to do; reverse the posting if it was wrong.',
  },
  'pending-already-voided': {
    status: 409,
    title: 'Pending transfer already voided',
    mend: 'Make a new transfer.',
  },
  'pending-expired': {
    status: 409,
    title: 'Pending transfer expired',
    mend: 'Make a new transfer, with a later expiresAt if need be.',
  },
  'transfer-not-posted': {
    status: 409,
    title: 'Transfer is not posted',
    mend: 'Void a pending transfer; reverse the posting of one that was posted later.',
  },
  'already-reversed': {
    status: 409,
    title: 'Transfer already reversed',
    mend: 'Nothing to do; reverse the reversal if it was wrong.',
  },
  'account-closed': {
    status: 409,
    title: 'Account is closed',
    mend: 'Use another account.',
  },
  'account-owned': {
    status: 409,
    title: 'The account belongs to a capability',
    mend: 'Do there what moves the money: split or refund an order, say. Reading is open, and so is freezing; one that takes credits may be paid into.',
  },
  'account-frozen': {
    status: 409,
    title: 'Account is frozen',
    mend: 'Debits are refused until its status is ACTIVE again; credits are taken. A hold on it may be released.',
  },
  'insufficient-funds': {
    status: 409,
    title: 'Insufficient funds',
    mend: 'Fund the account or send less, under a new Idempotency-Key.',
  },
  'insufficient-funds-at-value-date': {
    status: 409,
    title: 'Insufficient funds at the value date',
    mend: 'The balance by value date would break the constraint on a day since. Use a later value date.',
  },
  'value-date-too-busy': {
    status: 409,
    title: 'Too much history since the value date',
    mend: 'The account has too many postings since that day to prove its constraint at once. Use a later value date.',
  },
  'book-boundary': {
    status: 409,
    title: 'The leg crosses the boundary of a book',
    mend: 'Accounts of a book move money among themselves only; it enters and leaves through the real account, and loans move with the sweeps that make them.',
  },
  'book-out-of-balance': {
    status: 409,
    title: 'The ledgers of a book would not add up to its real account',
    mend: 'What moves the real account of a book is carried by its ledgers in the same transfer; pay and receive through the pool.',
  },
  'income-account-debit': {
    status: 409,
    title: 'An income ledger pays nobody outside',
    mend: 'Sweep the money to another ledger of the book first, and pay from there.',
  },
  'book-not-allowed': {
    status: 409,
    title: 'The account cannot stand in the book',
    mend: 'Bind an account that is active, not hot, in no book and without pending amounts, to a control account that mirrors none yet.',
  },
  'condition-not-met': {
    status: 409,
    title: 'A condition on a balance does not hold',
    mend: 'The balance has moved since the transfer was planned; plan again, under a new key.',
  },
  'batch-refused': {
    status: 409,
    title: 'Another transfer of the atomic batch was refused',
    mend: 'Mend the line that has a problem of its own, give it a new key and send the batch again.',
  },
  'unfreeze-exceeds-frozen': {
    status: 409,
    title: 'More to unfreeze than is frozen',
    mend: 'Unfreeze at most the frozen amount.',
  },
  'account-not-empty': {
    status: 409,
    title: 'Account is not empty',
    mend: 'An account is closed at balance zero, with nothing pending or frozen.',
  },
  'constraint-not-met': {
    status: 409,
    title: 'Balance does not meet the new constraint',
    mend: 'Fund the account first, or set a constraint that its balance keeps.',
  },
  'account-number-taken': {
    status: 409,
    title: 'Another account has this number',
    mend: 'Each bank account number belongs to one ledger account of a tenant.',
  },
});
