/** Answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const headerAccountId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';
const shopId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B';
const transferId = 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S';
const fundingId = 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6T';

const ofHeader = { accountId: headerAccountId, accountName: '集团资金池' };
const ofShop = { accountId: shopId, accountName: '深圳门店' };

const swept = {
  direction: 'UP',
  amount: money('180000.00'),
  businessDate: '2026-03-02',
  bookedAt: '2026-03-02T10:30:01.000Z',
} as const;

const funded = {
  kind: 'SINGLE',
  direction: 'DOWN',
  amount: money('30000.00'),
  businessDate: '2026-03-02',
  bookedAt: '2026-03-02T02:00:00.000Z',
  leg: 1,
  transferId: fundingId,
} as const;

export const listRunReceipts = {
  path: { poolId: '{poolId}', runId: '{runId}' },
  query: { limit: '100' },
  response: {
    runId: 'run_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S',
    receipts: [
      {
        number: '20260302-7K3QX9M2T4V8N6PB',
        kind: 'AGGREGATED' as const,
        side: 'PAYEE' as const,
        ...ofHeader,
        ...swept,
        count: 1,
        movements: [{ leg: 1, counterpartyAccountId: shopId, amount: swept.amount, transferId }],
      },
      {
        number: '20260302-W2D8R5H0JT6Y3CMA',
        kind: 'SINGLE' as const,
        side: 'PAYER' as const,
        ...ofShop,
        ...swept,
        counterpartyAccountId: headerAccountId,
        counterpartyName: ofHeader.accountName,
        leg: 1,
        transferId,
      },
    ],
  },
};

export const listPaymentReceipts = {
  path: { poolId: '{poolId}', paymentId: '{paymentId}' },
  response: {
    paymentId: 'pay_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S',
    receipts: [
      {
        number: '20260302-E9V4B1NKQ7XG5S2Z',
        side: 'PAYER' as const,
        ...ofHeader,
        ...funded,
        counterpartyAccountId: shopId,
        counterpartyName: ofShop.accountName,
      },
      {
        number: '20260302-0PF6Y8A3WC7MTH4D',
        side: 'PAYEE' as const,
        ...ofShop,
        ...funded,
        counterpartyAccountId: headerAccountId,
        counterpartyName: ofHeader.accountName,
      },
    ],
  },
};
