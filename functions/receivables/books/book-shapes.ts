import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { currency, id, page, text } from '../../../shared/http/schemas.ts';
import { type AccountPurpose, accountPurposes } from './book-accounts.ts';

/** What books look like to a caller. */

/** As the ledger has it for the holder of an account. */
const LEGAL_ENTITY_LENGTH_MAX = 140;

export const legalEntity = text(LEGAL_ENTITY_LENGTH_MAX).meta({
  description: 'Whose receivables they are: the holder of the ledger accounts, written the same.',
});

const words: Record<AccountPurpose, string> = {
  receivable: '应收账款: what customers owe, as a credit balance.',
  revenue: 'The other side of what is invoiced.',
  unapplied: 'Money that came and that nobody knows the use of.',
  onAccount: '预收账款: money of known customers that pays no invoice.',
  discount: 'Discounts given for paying early.',
  charge: 'What banks on the way kept.',
  badDebt: '坏账: what was written off.',
  cash: 'Where receipts come from that name no account of their own.',
  channels:
    'What pay channels took for orders of your markets and have not paid out. With it, payments of orders are receipts; ' +
    'what a channel then pays out is no payment of a customer: record the channel as a customer, and put it on account.',
};
const accountId = (purpose: AccountPurpose) => id('acc').meta({ description: words[purpose] });

const accounts = z
  .strictObject({
    receivable: accountId('receivable'),
    revenue: accountId('revenue'),
    unapplied: accountId('unapplied'),
    onAccount: accountId('onAccount'),
    discount: accountId('discount'),
    charge: accountId('charge'),
    badDebt: accountId('badDebt'),
    cash: accountId('cash'),
    channels: accountId('channels').optional(),
  })
  .meta({
    id: 'ReceivablesAccounts',
    description: 'Accounts of the ledger, each another; but for `cash` with the constraint NONE.',
  });

export const bookIn = z
  .strictObject({ legalEntity, currency, accounts, expectedVersion: expectedVersion.optional() })
  .meta({ id: 'ReceivablesBookRequest' });

export const bookOut = z
  .object({
    legalEntity: z.string(),
    currency: z.string(),
    accounts: z.object({
      ...Object.fromEntries(accountPurposes.map((purpose) => [purpose, z.string()])),
      channels: z.string().optional(),
    }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'ReceivablesBook' });

export const booksQuery = page;
export const booksOut = z.object({ books: z.array(bookOut), nextCursor: z.string().optional() });
