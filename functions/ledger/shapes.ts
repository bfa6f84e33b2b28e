import * as z from 'zod';
import { amount, amountOut, date, id, instant, positiveAmount, references, text } from '../../shared/http/schemas.ts';
import { checkBic } from '../../shared/identifiers/bic.ts';
import { checkCnaps } from '../../shared/identifiers/cnaps.ts';
import { checkIban } from '../../shared/identifiers/iban.ts';
import { bookRoles, purposes } from './account.ts';
import { legsMax } from './transfer.ts';

/** What accounts, transfers and proofs look like to a caller. Read by the contract. */

export const transfersPerBatchMax = 1_000;

export const accountId = id('acc');
export const transferId = id('tr');

export const constraint = z
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

export const bankAccount = z
  .strictObject({
    number: text(64).meta({ description: 'IBAN or account number at the bank; statements find the account by it.' }),
    bic: text(11).optional(),
    cnaps: text(12).optional(),
  })
  .check(({ value, issues }) => {
    // Letters, then digits: nothing but an IBAN begins like that. Other account numbers have no common check.
    const looksLikeIban = /^[A-Z]{2}[0-9]{2}/i.test(value.number);
    const faults = [
      ['number', looksLikeIban ? checkIban(value.number) : undefined],
      ['bic', value.bic === undefined ? undefined : checkBic(value.bic)],
      ['cnaps', value.cnaps === undefined ? undefined : checkCnaps(value.cnaps)],
    ] as const;
    for (const [field, message] of faults) {
      if (message) issues.push({ code: 'custom', input: value, path: [field], message });
    }
  })
  .meta({ id: 'BankAccount' });

export const accountOut = z
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
    book: z
      .object({ id: z.string(), role: z.enum(bookRoles), realAccountId: z.string().optional() })
      .optional()
      .meta({
        description:
          'The book (账簿) it belongs to: the REAL account’s money is carried by the book’s CONTROL, LEDGER and INCOME accounts.',
      }),
    owner: z.string().optional().meta({
      description: 'A capability whose own account it is: it alone moves it, sets its constraint and closes it.',
    }),
    takesCredits: z.literal(true).optional().meta({ description: 'Anybody may pay into it all the same.' }),
    references: z.record(z.string(), z.string()),
    openedAt: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Account' });

export const balanceOut = z
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
      .object({ transfers: z.number().int(), posted: amountOut, pendingIn: amountOut, pendingOut: amountOut })
      .optional()
      .meta({
        description: 'Hot accounts: what is booked and not yet in the balances above. It is there within seconds.',
      }),
    asOf: z.string().optional(),
    by: z.enum(['BOOKING', 'VALUE']).optional(),
    version: z.number().int(),
    at: z.string(),
  })
  .meta({ id: 'Balance' });

export const entryOut = z
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

const leg = z.strictObject({ debitAccountId: accountId, creditAccountId: accountId, amount: positiveAmount }).meta({
  id: 'Leg',
  description: 'Moves the amount from the debited to the credited account; to go the other way exchange them.',
});

const transferFields = {
  legs: z.array(leg).min(1).max(legsMax),
  mode: z.enum(['POSTED', 'PENDING']).default('POSTED'),
  expiresAt: instant
    .optional()
    .meta({ description: 'When a hold ends by itself; it is released within a minute. Mode PENDING only.' }),
  valueDate: date.optional().meta({
    description:
      'Default: today (Asia/Shanghai). Up to 366 days back. A pending transfer gets its own when it is posted.',
  }),
  description: text(140).optional(),
  references: references.optional(),
};

export const transferIn = z.strictObject(transferFields).meta({ id: 'TransferRequest' });

export const batchLine = z
  .strictObject({
    idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'Send 1 to 255 visible ASCII characters.'),
    ...transferFields,
  })
  .meta({ id: 'BatchLine' });

export const transferOut = z
  .object({
    id: z.string(),
    type: z.enum(['TRANSFER', 'POST', 'VOID', 'EXPIRE', 'REVERSAL']),
    mode: z.enum(['POSTED', 'PENDING']),
    status: z.enum(['POSTED', 'PENDING', 'PARTLY_POSTED', 'VOIDED', 'EXPIRED']),
    legs: z.array(z.object({ debitAccountId: z.string(), creditAccountId: z.string(), amount: amountOut })),
    valueDate: z.string(),
    bookedAt: z.string(),
    expiresAt: z.string().optional(),
    owner: z.string().optional().meta({ description: 'A hold of a capability, which alone posts or voids it.' }),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
    pendingId: z.string().optional(),
    reverses: z.string().optional(),
    resolvedBy: z.string().optional(),
    reversedBy: z.string().optional(),
  })
  .meta({ id: 'Transfer' });

export const batchOut = z
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

export const proofOut = z
  .object({
    sound: z.boolean(),
    stable: z.boolean().meta({ description: 'False when the books moved while they were read: ask again.' }),
    complete: z.boolean().meta({ description: 'False when there are more accounts than one trial balance takes in.' }),
    trialBalance: z.array(trialBalanceOut),
    accountsChecked: z.number().int(),
    linksChecked: z.number().int(),
    broken: z.array(
      z.object({
        accountId: z.string(),
        version: z.number().int(),
        fault: z.enum(['GAP', 'HASH', 'FOLD', 'TRANSFER_MISSING', 'TARGET']),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'Proof' });
