import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { amount, currency, date, page, positiveAmount, references, text } from '../../shared/http/schemas.ts';
import { purposes } from './account.ts';
import * as examples from './examples.ts';
import { problems } from './problems.ts';
import {
  accountId,
  accountOut,
  balanceOut,
  bankAccount,
  batchLine,
  batchOut,
  constraint,
  entryOut,
  proofOut,
  transferId,
  transferIn,
  transferOut,
  transfersPerBatchMax,
} from './shapes.ts';
import { legsMax } from './transfer.ts';

const accountPath = z.strictObject({ accountId });
const transferPath = z.strictObject({ transferId });
const authorisation = [
  problems['account-not-found'],
  problems['currency-mismatch'],
  problems['account-owned'],
  problems['account-closed'],
  problems['account-frozen'],
  problems['book-boundary'],
  problems['book-out-of-balance'],
  problems['income-account-debit'],
  problems['insufficient-funds'],
  problems['insufficient-funds-at-value-date'],
  problems['value-date-not-allowed'],
  problems['value-date-too-busy'],
];
const resolution = [
  problems['transfer-not-found'],
  problems['transfer-not-pending'],
  problems['pending-owned'],
  problems['pending-already-posted'],
  problems['pending-already-voided'],
  problems['pending-expired'],
];

export const contract = {
  openAccount: {
    body: z
      .strictObject({
        currency,
        holder: text(140).meta({ description: 'The legal entity that holds the account.' }),
        name: text(140).optional(),
        purpose: z.enum(purposes).default('GENERAL'),
        constraint: constraint.optional().meta({ description: 'Default: a minimum balance of zero.' }),
        hot: z.boolean().default(false).meta({
          description: 'For accounts that only record, thousands of times a minute. Needs the constraint NONE.',
        }),
        bankAccount: bankAccount.optional(),
        references: references.optional(),
      })
      .meta({ id: 'AccountRequest' }),
    response: accountOut,
    problems: [
      problems['hot-account-not-authorised'],
      problems['constraint-malformed'],
      problems['account-number-taken'],
      problems['currency-mismatch'],
    ],
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
      'Send what is to change. `freeze` and `unfreeze` add to and take from the frozen amount. FROZEN takes credits and refuses debits, but for what a capability set aside before; CLOSED is final. The account of a capability may be frozen here, no more.',
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
      problems['account-owned'],
      problems['account-not-empty'],
      problems['unfreeze-exceeds-frozen'],
      problems['constraint-not-met'],
      problems['hot-account-not-authorised'],
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
      .check(({ value, issues }) => {
        const keys = value.transfers.map(({ idempotencyKey }) => idempotencyKey);
        const index = keys.findIndex((key, at) => keys.indexOf(key) < at);
        if (!value.atomic || index < 0) return;
        const message = 'An atomic batch names each key once.';
        issues.push({ code: 'custom', input: value, path: ['transfers', index, 'idempotencyKey'], message });
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
