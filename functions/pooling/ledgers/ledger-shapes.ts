import * as z from 'zod';
import {
  amountOut,
  date,
  id,
  nonNegativeAmount,
  positiveAmount,
  references,
  text,
} from '../../../shared/http/schemas.ts';
import { normaliseAccountNumber } from '../../../shared/identifiers/account-number.ts';
import { isNumberLength, numberLengthMax, numberLengthMin } from '../../../shared/identifiers/virtual-numbers.ts';
import { ledgerPurposes } from './pool-ledger.ts';

/** What internal ledgers, receipts and account statements look like to a caller. */

export const virtualAccountsMax = 20;
const accountId = id('acc');
const numberLengthWritten = 80;

const virtualAccount = text(numberLengthWritten)
  .transform(normaliseAccountNumber)
  .refine(isNumberLength, `Send an account number of ${numberLengthMin} to ${numberLengthMax} characters.`)
  .meta({
    description:
      'A number that payers pay into (虚拟账户). Any text; capitals, blanks, dashes and dots make no difference. Answers show its end only.',
  });

export const ledgerIn = z
  .strictObject({
    name: text(140),
    holder: text(140).optional().meta({
      description: 'The legal entity that owns the money. Default: the holder of the real account.',
    }),
    purpose: z.enum(ledgerPurposes).default('GENERAL').meta({
      description: 'INCOME takes money in and pays nobody outside the pool; inside it may be swept (收支两条线).',
    }),
    minBalance: nonNegativeAmount.optional().meta({ description: 'What must stay in it. Default: zero.' }),
    overdraftLimit: nonNegativeAmount.optional().meta({ description: 'How far below zero it may go.' }),
    virtualAccounts: z.array(virtualAccount).max(virtualAccountsMax).default([]),
    references: references.optional(),
  })
  .check(({ value, issues }) => {
    if (value.minBalance && value.overdraftLimit) {
      const message = 'Send minBalance or overdraftLimit, not both.';
      issues.push({ code: 'custom', input: value, path: ['overdraftLimit'], message });
    }
    for (const [index, number] of value.virtualAccounts.entries()) {
      if (value.virtualAccounts.indexOf(number) === index) continue;
      const message = 'This number stands in the list already.';
      issues.push({ code: 'custom', input: value, path: ['virtualAccounts', index], message });
    }
  })
  .meta({ id: 'LedgerRequest' });

const figures = {
  status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']),
  posted: amountOut,
  held: amountOut.meta({ description: 'Debits that are held.' }),
  frozen: amountOut,
  available: amountOut.meta({ description: 'What may still be debited: posted − held − frozen, down to the limit.' }),
  minBalance: amountOut.optional(),
  overdraftLimit: amountOut.optional(),
};

export const ledgerOut = z
  .object({
    accountId: z.string(),
    poolId: z.string(),
    name: z.string(),
    holder: z.string(),
    purpose: z.enum(ledgerPurposes),
    ...figures,
    virtualAccounts: z.array(z.string()).meta({ description: 'The ends of the numbers.' }),
    references: z.record(z.string(), z.string()),
    openedAt: z.string(),
  })
  .meta({ id: 'Ledger' });

export const ledgersOut = z
  .object({
    main: z
      .object({ accountId: z.string(), ...figures })
      .meta({ id: 'MainLedger', description: 'Holds what is allotted to no other ledger.' }),
    ledgers: z.array(ledgerOut).meta({ description: 'In the order in which they were opened.' }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'Ledgers' });

export const receiptIn = z
  .strictObject({
    virtualAccount: virtualAccount.optional(),
    accountId: accountId.optional().meta({ description: 'The ledger, in place of a virtual account number.' }),
    amount: positiveAmount,
    debitAccountId: accountId.optional().meta({ description: 'Default: the clearing account of the pool.' }),
    valueDate: date.optional().meta({ description: 'Default: today. At most 366 days back.' }),
    description: text(140).optional(),
    references: references.optional(),
  })
  .refine((receipt) => receipt.virtualAccount === undefined || receipt.accountId === undefined, {
    path: ['accountId'],
    message: 'Send virtualAccount or accountId, not both.',
  })
  .meta({ id: 'ReceiptRequest' });

export const receiptOut = z
  .object({
    id: z.string(),
    poolId: z.string(),
    transferId: z.string(),
    accountId: z.string().meta({ description: 'The ledger that got the money.' }),
    virtualAccount: z.string().optional().meta({ description: 'The end of the number.' }),
    debitAccountId: z.string(),
    amount: amountOut,
    valueDate: z.string(),
    bookedAt: z.string(),
  })
  .meta({ id: 'Receipt' });

const statementEntry = z
  .object({
    transferId: z.string(),
    bookingDate: z.string(),
    valueDate: z.string(),
    side: z.enum(['CREDIT', 'DEBIT']),
    amount: amountOut,
    balance: amountOut.meta({ description: 'Posted balance after the entry.' }),
    counterpartyAccountId: z.string(),
    description: z.string().optional(),
    references: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AccountStatementEntry' });

export const accountStatementOut = z
  .object({
    poolId: z.string(),
    accountId: z.string(),
    from: z.string(),
    to: z.string(),
    opening: amountOut.meta({ description: 'Posted balance at the end of the day before `from`.' }),
    closing: amountOut.meta({
      description: 'Posted balance at the end of `to`; while that day lasts, of what is booked by now.',
    }),
    entries: z.array(statementEntry).meta({ description: 'In booking order.' }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'AccountStatement' });
