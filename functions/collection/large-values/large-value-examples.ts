/** Requests and answers shown in the reference. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const collection = { batchId: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A', piece: 1, mandateId: 'man_01KAVG2Y7T8XJ4N5QW3R6S9Z0A' };

export const listLargeValues = {
  query: { date: '2026-03-02', limit: '100' },
  response: {
    largeValues: [
      {
        id: 'lv_2V4K7N9QXJ5M8T3R6W1Y0ZABCD',
        date: '2026-03-02',
        payer: {
          name: '江南机械厂',
          kind: 'COMPANY' as const,
          account: { type: 'ACCOUNT' as const, number: '****5123', bank: { cnaps: '105100000017' } },
        },
        total: money('2000000.00'),
        threshold: money('2000000.00'),
        count: 2,
        singleReached: false,
        reportBy: '2026-03-09',
        collections: [
          { ...collection, line: 1, orderId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001', amount: money('1000000.00') },
          { ...collection, line: 2, orderId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00101', amount: money('1000000.00') },
        ],
      },
    ],
  },
};
