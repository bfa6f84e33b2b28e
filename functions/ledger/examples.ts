/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const actedOn = { path: { accountId: '{accountId}' } };

const account = {
  id: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B',
  currency: 'CNY',
  holder: '禹道贸易有限公司',
  name: 'Operating account',
  purpose: 'GENERAL',
  hot: false,
  status: 'ACTIVE',
  constraint: { type: 'MIN_BALANCE', amount: { amount: '0.00', currency: 'CNY' } },
  frozen: { amount: '0.00', currency: 'CNY' },
  references: {},
  openedAt: '2026-01-05T01:00:00.000Z',
  version: 0,
} as const;

const transfer = {
  id: 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S',
  type: 'TRANSFER',
  mode: 'POSTED',
  status: 'POSTED',
  legs: [
    {
      debitAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
      creditAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B',
      amount: { amount: '1234.56', currency: 'CNY' },
    },
  ],
  valueDate: '2026-01-05',
  bookedAt: '2026-01-05T01:00:01.000Z',
  description: 'Capital paid in',
  references: { contract: 'HT-2026-001' },
} as const;

const legs = [
  { debitAccountId: '{capitalId}', creditAccountId: '{accountId}', amount: { amount: '1234.56', currency: 'CNY' } },
];
const money = (amount: string) => ({ amount, currency: 'CNY' });

export const openAccount = {
  body: { currency: 'CNY', holder: '禹道贸易有限公司', name: 'Operating account' },
  response: account,
};
export const listAccounts = { query: { limit: '10' }, response: { accounts: [account] } };
export const getAccount = { ...actedOn, response: account };
export const changeAccount = { ...actedOn, body: { freeze: money('10.00') }, response: { ...account, version: 1 } };
export const getBalance = {
  ...actedOn,
  response: {
    accountId: account.id,
    posted: money('1234.56'),
    pendingIn: money('0.00'),
    pendingOut: money('0.00'),
    frozen: money('10.00'),
    available: money('1224.56'),
    version: 2,
    at: '2026-01-05T01:00:01.000Z',
  },
};
export const listEntries = {
  ...actedOn,
  query: { from: '2026-01-01', to: '2026-12-31', limit: '10' },
  response: {
    entries: [
      {
        transferId: transfer.id,
        leg: 0,
        side: 'CREDIT',
        kind: 'POSTED',
        amount: money('1234.56'),
        balance: money('1234.56'),
        bookingDate: '2026-01-05',
        bookedAt: '2026-01-05T01:00:01.000Z',
        valueDate: '2026-01-05',
        counterpartyAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
        description: 'Capital paid in',
        references: { contract: 'HT-2026-001' },
      },
    ],
  },
};
export const makeTransfer = {
  body: { legs, description: 'Capital paid in', references: { contract: 'HT-2026-001' } },
  response: transfer,
};
export const makeTransfers = {
  body: { transfers: [{ idempotencyKey: 'sale-0001', legs }] },
  response: {
    posted: 1,
    refused: 0,
    results: [{ index: 0, idempotencyKey: 'sale-0001', status: 'ACCEPTED', transfer }],
  },
};
export const getTransfer = { path: { transferId: '{transferId}' }, response: transfer };
export const postTransfer = {
  path: { transferId: '{pendingId}' },
  body: { amounts: [{ leg: 0, amount: money('1000.00') }] },
  response: { ...transfer, type: 'POST', pendingId: transfer.id },
};
export const voidTransfer = {
  path: { transferId: '{pendingId}' },
  body: {},
  response: { ...transfer, type: 'VOID', status: 'VOIDED', pendingId: transfer.id },
};
export const reverseTransfer = {
  path: { transferId: '{transferId}' },
  body: { description: 'Booked twice by mistake' },
  response: { ...transfer, type: 'REVERSAL', reverses: transfer.id },
};
export const proveLedger = {
  query: { accounts: 'ALL' },
  response: {
    sound: true,
    stable: true,
    complete: true,
    trialBalance: [
      {
        currency: 'CNY',
        accounts: 2,
        credits: money('1234.56'),
        debits: money('-1234.56'),
        difference: money('0.00'),
        pendingIn: money('0.00'),
        pendingOut: money('0.00'),
      },
    ],
    accountsChecked: 2,
    linksChecked: 4,
    broken: [],
  },
};
