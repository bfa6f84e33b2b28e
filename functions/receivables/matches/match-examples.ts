import { match, waiting } from '../receipts/receipt-examples.ts';

/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const path = { receiptId: '{receiptId}' };
const assigned = { ...waiting.exception, assignee: '王芳', note: '已致电客户' };
const side = (amount: string) => ({ items: money(amount), ledger: money(amount), difference: money('0.00') });

export const getMatch = {
  path: { matchId: '{matchId}' },
  response: { ...match, transferId: 'tr_2V4K7N9QXJ5M8T3R6W1Y0ZABCD' },
};
export const listExceptions = {
  query: { reason: 'UNKNOWN_PAYER', limit: '10' },
  response: { exceptions: [{ ...waiting, mergeInto: [] }] },
};
export const assignException = {
  path,
  body: { assignee: '王芳', note: '已致电客户' },
  response: { ...waiting, exception: assigned, version: 3 },
};
export const settleException = {
  path,
  response: {
    ...waiting,
    state: 'MATCHED' as const,
    allocated: money('12098.76'),
    unapplied: money('0.00'),
    exception: undefined,
    version: 4,
  },
};
export const proveReceivables = {
  response: {
    balanced: true,
    books: [
      {
        legalEntity: '禹道贸易有限公司',
        currency: 'CNY',
        balanced: true,
        receipts: {
          count: 1,
          amount: money('12098.76'),
          allocated: money('12098.76'),
          onAccount: money('0.00'),
          refunded: money('0.00'),
          unapplied: money('0.00'),
        },
        matches: {
          cash: money('12098.76'),
          onAccount: money('0.00'),
          discount: money('246.91'),
          charge: money('0.00'),
          refunded: money('0.00'),
        },
        open: money('0.00'),
        accounts: {
          receivable: side('0.00'),
          unapplied: side('0.00'),
          onAccount: side('0.00'),
          discount: side('246.91'),
          charge: side('0.00'),
        },
      },
    ],
  },
};
export const listRefusedBookings = {
  query: { limit: '10' },
  response: {
    bookings: [
      {
        name: 'rcp_4N9QXJ5M8T2V4K7R6W1Y0ZABCD',
        legalEntity: '禹道贸易有限公司',
        currency: 'CNY',
        description: '收款 Receipt',
        code: 'receivables/book-not-found',
        detail: 'There is no book of 禹道贸易有限公司 in CNY.',
        since: '2026-03-12T02:00:02.000Z',
      },
    ],
  },
};
