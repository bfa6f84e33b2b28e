/** Examples of the reference page. */
export const put = {
  date: '2026-03-31',
  source: 'Group treasury, month-end fixing',
  rates: [
    { base: 'EUR', quote: 'CNY', rate: '7.8105' },
    { base: 'USD', quote: 'CNY', rate: '7.1234' },
    { base: 'USD', quote: 'JPY', rate: '149.505' },
  ],
};

export const rateSet = {
  name: 'month-end',
  ...put,
  version: 1,
  changedAt: '2026-03-31T08:30:00.000Z',
  changedBy: { client: 'treasurer', role: 'treasurer', requestId: 'f3a1c0de' },
};
