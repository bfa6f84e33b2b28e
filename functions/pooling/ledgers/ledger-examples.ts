/** Requests and answers on internal ledgers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const poolId = 'pool_01KAVG2Y7T8XJ4N5QW3R6S9Z0C';
const mainId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1A';
const ledgerId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1B';
const controlId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1C';
const clearingId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1D';
const transferId = 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S';
const actedOn = { path: { poolId: '{ledgerPoolId}' } };

const ledger = {
  accountId: ledgerId,
  poolId,
  name: '深圳销售 Sales Shenzhen',
  holder: '禹道（深圳）贸易有限公司',
  purpose: 'GENERAL',
  status: 'ACTIVE',
  posted: money('0.00'),
  held: money('0.00'),
  frozen: money('0.00'),
  available: money('50000.00'),
  overdraftLimit: money('50000.00'),
  virtualAccounts: ['****0017'],
  references: { costCentre: 'SZ-01' },
  openedAt: '2026-03-02T01:00:00.000Z',
} as const;

const funded = { ...ledger, posted: money('88000.00'), available: money('138000.00') } as const;

export const openLedger = {
  ...actedOn,
  body: {
    name: ledger.name,
    holder: ledger.holder,
    overdraftLimit: money('50000.00'),
    virtualAccounts: ['6228 4800 0000 0017'],
    references: { costCentre: 'SZ-01' },
  },
  response: ledger,
};

export const listLedgers = {
  ...actedOn,
  query: { limit: '10' },
  response: {
    main: {
      accountId: mainId,
      status: 'ACTIVE',
      posted: money('1000000.00'),
      held: money('0.00'),
      frozen: money('0.00'),
      available: money('1000000.00'),
      minBalance: money('0.00'),
    },
    ledgers: [funded],
  },
};

export const bookReceipt = {
  ...actedOn,
  body: {
    virtualAccount: '6228 4800 0000 0017',
    amount: money('88000.00'),
    description: '货款 Payment for goods',
    references: { contract: 'HT-2026-001' },
  },
  response: {
    id: 'rcp_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S',
    poolId,
    transferId,
    accountId: ledgerId,
    virtualAccount: '****0017',
    debitAccountId: clearingId,
    amount: money('88000.00'),
    valueDate: '2026-03-02',
    bookedAt: '2026-03-02T01:00:01.000Z',
  },
};

export const getLedgerStatement = {
  path: { poolId: '{ledgerPoolId}', accountId: '{ledgerAccountId}' },
  query: { from: '2026-01-01', to: '2026-12-31', limit: '10' },
  response: {
    poolId,
    accountId: ledgerId,
    from: '2026-01-01',
    to: '2026-12-31',
    opening: money('0.00'),
    closing: money('88000.00'),
    entries: [
      {
        transferId,
        bookingDate: '2026-03-02',
        valueDate: '2026-03-02',
        side: 'CREDIT',
        amount: money('88000.00'),
        balance: money('88000.00'),
        counterpartyAccountId: controlId,
        description: '货款 Payment for goods',
        references: { contract: 'HT-2026-001', assignment: 'ASSIGNED' },
      },
    ],
  },
};
