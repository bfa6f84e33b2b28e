/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const zero = money('0.00');
const book = { legalEntity: '禹道贸易有限公司', currency: 'CNY' };
const customerId = 'cus_2V4K7N9QXJ5M8T3R6W1Y0ZABCD';
const aged = {
  ...book,
  notDue: money('12000.00'),
  days1To30: zero,
  days31To60: zero,
  days61To90: zero,
  over90: zero,
  total: money('12000.00'),
  unapplied: zero,
  onAccount: zero,
};
const period = { from: '2026-03-01', to: '2026-03-31' };

export const getAgeing = {
  query: { currency: 'CNY', limit: '100' },
  response: { asOf: '2026-03-31', totals: [aged], rows: [{ customerId, ...aged }] },
};

export const getDso = {
  query: period,
  response: {
    ...period,
    days: 31,
    books: [{ ...book, receivable: money('12000.00'), sales: money('12000.00'), dso: '31.0' }],
  },
};

export const getExpectedReceipts = {
  query: { from: '2026-03-30', to: '2026-04-05', by: 'WEEK' },
  response: {
    overdueBefore: [],
    periods: [
      {
        ...{ ...book, from: '2026-03-30', to: '2026-04-05' },
        ...{ planned: money('12000.00'), early: zero, onTime: zero, late: zero, given: zero, open: money('12000.00') },
        ...{ forecast: money('12000.00'), received: zero, forDue: zero, forOthers: zero, forNone: zero },
      },
    ],
  },
};

const path = { customerId: '{customerId}' };

export const getCustomerStatement = {
  path,
  query: { ...period, limit: '100' },
  response: {
    customerId,
    ...{ customerNumber: 'K-1001', name: '江南机械厂有限公司', ...period },
    accounts: [{ ...book, opening: zero, closing: money('12000.00') }],
    lines: [
      {
        ...{ ...book, date: '2026-03-02', at: '2026-03-02T01:30:00.000Z', kind: 'INVOICE' as const },
        ...{ id: 'inv_3K7N9QXJ5M8T2V4R6W1Y0ZABCD', numbers: ['FP-2026-000317'] },
        ...{ change: money('12345.67'), balance: money('12345.67') },
      },
      {
        ...{ ...book, date: '2026-03-05', at: '2026-03-05T01:30:00.000Z', kind: 'CREDIT_NOTE' as const },
        ...{ id: 'cn_3K7N9QXJ5M8T2V4R6W1Y0ZABCD', numbers: ['HZ-2026-0004', 'FP-2026-000317'] },
        ...{ change: money('-345.67'), balance: money('12000.00'), reason: '退货' },
      },
    ],
  },
};

export const getCustomerStatementCsv = {
  path,
  query: period,
  response:
    '\ufeffdate,kind,numbers,legalEntity,currency,change,balance,cash,discount,charge,onAccount,reason,id\r\n' +
    '2026-03-01,OPENING,,禹道贸易有限公司,CNY,,0.00,,,,,,\r\n',
};
