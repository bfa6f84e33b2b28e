import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import {
  amount,
  amountOut,
  date,
  id,
  instant,
  page,
  positiveAmount,
  references,
  text,
} from '../../shared/http/schemas.ts';
import { purposes } from './account.ts';
import * as examples from './examples.ts';
import { problems } from './problems.ts';

/** Legs of one transfer: with two versions each, its record and a target, they fit one transaction of 100 items. */
export const legsMax = 40;
export const transfersPerBatchMax = 1_000;

const accountId = id('acc');
const transferId = id('tr');

const constraint = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('NONE') }),
    z.strictObject({ type: z.enum(['MIN_BALANCE', 'OVERDRAFT_LIMIT']), amount }),
  ])
  .meta({
    id: 'Constraint',
    description:
      'How far the account may be debited: not below a minimum balance, down to an overdraft limit, or without bound.',
  });

const constraintOut = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('NONE') }),
    z.object({ type: z.enum(['MIN_BALANCE', 'OVERDRAFT_LIMIT']), amount: amountOut }),
  ])
  .meta({ id: 'ConstraintOut' });

const bankAccount = z
  .strictObject({
    number: text(64).meta({ description: 'IBAN or account number at the bank; statements find the account by it.' }),
    bic: text(11).optional(),
    cnaps: text(12).optional(),
  })
  .meta({ id: 'BankAccount' });

const accountOut = z
  .object({
    id: z.string(),
    currency: z.string(),
    holder: z.string(),
    name: z.string().optional(),
    purpose: z.enum(purposes),
    hot: z.boolean(),
    status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']),
    constraint: constraintOut,
    frozen: amountOut,
    bankAccount: z
      .object({ number: z.string(), bic: z.string().optional(), cnaps: z.string().optional() })
      .optional()
      .meta({ description: 'The number shows its last four characters.' }),
    references: z.record(z.string(), z.string()),
    openedAt: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Account' });

const balanceOut = z
  .object({
    accountId: z.string(),
    posted: amountOut,
    pendingIn: amountOut,
    pendingOut: amountOut,
    frozen: amountOut,
    available: amountOut.meta({
      description: 'What may still be debited: posted − pendingOut − frozen, above the constraint.',
    }),
    pendingFold: z
      .object({ transfers: z.number().int(), posted: amountOut })
      .optional()
      .meta({ description: 'Hot accounts: what is booked and not yet in `posted`. It is there within seconds.' }),
    asOf: z.string().optional(),
    by: z.enum(['BOOKING', 'VALUE']).optional(),
    version: z.number().int(),
    at: z.string(),
  })
  .meta({ id: 'Balance' });

const entryOut = z
  .object({
    transferId: z.string(),
    leg: z.number().int(),
    side: z.enum(['DEBIT', 'CREDIT']),
    kind: z.enum(['POSTED', 'HELD', 'SETTLED', 'RELEASED']),
    amount: amountOut,
    balance: amountOut.meta({ description: 'Posted balance after the entry.' }),
    bookingDate: z.string(),
    bookedAt: z.string(),
    valueDate: z.string(),
    counterpartyAccountId: z.string(),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Entry' });

const leg = z
  .strictObject({ debitAccountId: accountId, creditAccountId: accountId, amount: positiveAmount })
  .meta({ id: 'Leg', description: 'Moves the amount from the debited to the credited account.' });

const transferFields = {
  legs: z.array(leg).min(1).max(legsMax),
  mode: z.enum(['POSTED', 'PENDING']).default('POSTED'),
  expiresAt: instant.optional().meta({ description: 'When a hold ends by itself. Mode PENDING only.' }),
  valueDate: date.optional().meta({ description: 'Today (Asia/Shanghai) unless told; up to 366 days back.' }),
  description: text(140).optional(),
  references: references.optional(),
};

const transferIn = z.strictObject(transferFields).meta({ id: 'TransferRequest' });

const batchLine = z
  .strictObject({
    idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'Send 1 to 255 visible ASCII characters.'),
    ...transferFields,
  })
  .meta({ id: 'BatchLine' });

const transferOut = z
  .object({
    id: z.string(),
    type: z.enum(['TRANSFER', 'POST', 'VOID', 'EXPIRE', 'REVERSAL']),
    mode: z.enum(['POSTED', 'PENDING']),
    status: z.enum(['POSTED', 'PENDING', 'PARTLY_POSTED', 'VOIDED', 'EXPIRED']),
    legs: z.array(z.object({ debitAccountId: z.string(), creditAccountId: z.string(), amount: amountOut })),
    valueDate: z.string(),
    bookedAt: z.string(),
    expiresAt: z.string().optional(),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
    pendingId: z.string().optional(),
    reverses: z.string().optional(),
    resolvedBy: z.string().optional(),
    reversedBy: z.string().optional(),
  })
  .meta({ id: 'Transfer' });

const batchOut = z
  .object({
    posted: z.number().int(),
    refused: z.number().int(),
    results: z.array(
      z.object({
        index: z.number().int(),
        idempotencyKey: z.string(),
        status: z.enum(['ACCEPTED', 'REFUSED']),
        transfer: transferOut.optional(),
        problem: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  })
  .meta({ id: 'BatchResult' });

const trialBalanceOut = z.object({
  currency: z.string(),
  accounts: z.number().int(),
  credits: amountOut,
  debits: amountOut,
  difference: amountOut.meta({ description: 'Zero in sound books.' }),
  pendingIn: amountOut,
  pendingOut: amountOut,
});

const proofOut = z
  .object({
    sound: z.boolean(),
    stable: z.boolean().meta({ description: 'False when the books moved while they were read: ask again.' }),
    trialBalance: z.array(trialBalanceOut),
    accountsChecked: z.number().int(),
    linksChecked: z.number().int(),
    broken: z.array(
      z.object({
        accountId: z.string(),
        version: z.number().int(),
        fault: z.enum(['GAP', 'HASH', 'FOLD', 'TRANSFER_MISSING']),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'Proof' });

const accountPath = z.strictObject({ accountId });
const transferPath = z.strictObject({ transferId });
const authorisation = [
  problems['account-not-found'],
  problems['currency-mismatch'],
  problems['account-closed'],
  problems['account-frozen'],
  problems['insufficient-funds'],
  problems['insufficient-funds-at-value-date'],
  problems['value-date-not-allowed'],
  problems['value-date-too-busy'],
];
const resolution = [
  problems['transfer-not-found'],
  problems['transfer-not-pending'],
  problems['pending-already-posted'],
  problems['pending-already-voided'],
  problems['pending-expired'],
];

export const contract = {
  openAccount: {
    body: z
      .strictObject({
        currency: z.string().length(3),
        holder: text(140).meta({ description: 'The legal entity that holds the account.' }),
        name: text(140).optional(),
        purpose: z.enum(purposes).default('GENERAL'),
        constraint: constraint.optional().meta({ description: 'A minimum balance of zero unless told.' }),
        hot: z.boolean().default(false).meta({
          description: 'For accounts that only record, thousands of times a minute. Needs the constraint NONE.',
        }),
        bankAccount: bankAccount.optional(),
        references: references.optional(),
      })
      .meta({ id: 'AccountRequest' }),
    response: accountOut,
    problems: [problems['hot-account-constraint'], problems['account-number-taken'], problems['currency-mismatch']],
    example: examples.openAccount,
  },
  listAccounts: {
    query: page,
    response: z.object({ accounts: z.array(accountOut), nextCursor: z.string().optional() }),
    example: examples.listAccounts,
  },
  getAccount: {
    path: accountPath,
    response: accountOut,
    problems: [problems['account-not-found']],
    example: examples.getAccount,
  },
  changeAccount: {
    description:
      'Send what is to change. `freeze` and `unfreeze` add to and take from the frozen amount. FROZEN takes credits and refuses debits; CLOSED is final.',
    path: accountPath,
    body: z
      .strictObject({
        status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']).optional(),
        constraint: constraint.optional(),
        freeze: positiveAmount.optional(),
        unfreeze: positiveAmount.optional(),
      })
      .refine((change) => Object.keys(change).length > 0, 'Name at least one thing to change.')
      .refine((change) => !(change.freeze && change.unfreeze), 'Send freeze or unfreeze, not both.')
      .meta({ id: 'AccountChange' }),
    response: accountOut,
    problems: [
      problems['account-not-found'],
      problems['account-closed'],
      problems['account-not-empty'],
      problems['unfreeze-exceeds-frozen'],
      problems['constraint-not-met'],
      problems['hot-account-constraint'],
      problems['currency-mismatch'],
    ],
    example: examples.changeAccount,
  },
  getBalance: {
    path: accountPath,
    query: z.strictObject({ asOf: date.optional(), by: z.enum(['BOOKING', 'VALUE']).optional() }),
    response: balanceOut,
    problems: [problems['account-not-found'], problems['value-date-too-busy']],
    example: examples.getBalance,
  },
  listEntries: {
    path: accountPath,
    query: page.extend({
      from: date.optional().meta({ description: 'First booking date.' }),
      to: date.optional().meta({ description: 'Last booking date.' }),
      reference: z
        .string()
        .regex(/^[A-Za-z0-9_.-]{1,40}:.{1,140}$/, 'Send a key and a value of `references`, as key:value.')
        .optional()
        .meta({ description: 'Only entries whose references hold this, as key:value.' }),
      include: z.enum(['POSTED', 'ALL']).default('POSTED'),
      order: z.enum(['OLDEST_FIRST', 'NEWEST_FIRST']).default('OLDEST_FIRST'),
    }),
    response: z.object({ entries: z.array(entryOut), nextCursor: z.string().optional() }),
    problems: [problems['account-not-found']],
    example: examples.listEntries,
  },
  makeTransfer: {
    description:
      'All legs happen or none. The constraint is asked of the net effect on each account. The answer to a key is remembered for ever, a refusal by state (404, 409) too.',
    body: transferIn,
    response: transferOut,
    problems: [...authorisation, problems['same-account'], problems['expiry-not-allowed']],
    example: examples.makeTransfer,
  },
  makeTransfers: {
    description:
      'Each transfer has its own key and result; those on the same account are carried out in the order given. With `atomic` all are posted or none; the batch must fit one transaction of 100 items.',
    body: z
      .strictObject({
        atomic: z.boolean().default(false),
        transfers: z.array(batchLine).min(1).max(transfersPerBatchMax),
      })
      .meta({ id: 'BatchRequest' }),
    response: batchOut,
    problems: [...authorisation, problems['same-account'], problems['batch-refused'], problems['batch-too-large']],
    example: examples.makeTransfers,
  },
  getTransfer: {
    path: transferPath,
    response: transferOut,
    problems: [problems['transfer-not-found']],
    example: examples.getTransfer,
  },
  postTransfer: {
    description: 'Ends the hold: what is not posted is released. Legs that `amounts` does not name are posted in full.',
    path: transferPath,
    body: z
      .strictObject({
        amounts: z
          .array(z.strictObject({ leg: z.number().int().min(0), amount }))
          .max(legsMax)
          .default([]),
        valueDate: date.optional(),
      })
      .meta({ id: 'PostRequest' }),
    response: transferOut,
    problems: [...resolution, ...authorisation, problems['amounts-do-not-fit']],
    example: examples.postTransfer,
  },
  voidTransfer: {
    path: transferPath,
    body: z.strictObject({}).meta({ id: 'VoidRequest' }),
    response: transferOut,
    problems: resolution,
    example: examples.voidTransfer,
  },
  reverseTransfer: {
    path: transferPath,
    body: z
      .strictObject({ valueDate: date.optional(), description: text(140).optional() })
      .meta({ id: 'ReverseRequest' }),
    response: transferOut,
    problems: [
      problems['transfer-not-found'],
      problems['transfer-not-posted'],
      problems['already-reversed'],
      ...authorisation,
    ],
    example: examples.reverseTransfer,
  },
  proveLedger: {
    description:
      'Trial balance per currency over all accounts; for a sample of accounts, or all, the chain of versions is walked: hashes, and entries folded against balances.',
    query: z.strictObject({
      accounts: z
        .union([z.literal('ALL'), z.coerce.number().int().min(1).max(1_000)])
        .default(20)
        .meta({ description: 'How many accounts to check, spread evenly over all; or ALL.' }),
      cursor: z.string().optional(),
    }),
    response: proofOut,
    example: examples.proveLedger,
  },
} satisfies Contract;
