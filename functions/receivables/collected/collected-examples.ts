/** The answer shown in the reference. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const at = '2026-03-13T02:00:00.000Z';

const differing = {
  id: 'ccr_7J5M8T2V4K7N9QXR6W1Y0ZABCD',
  state: 'DIFFERS' as const,
  fileId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  legalEntity: '禹道贸易有限公司',
  accountId: 'acc_3K7N9QXJ5M8T2V4R6W1Y0ZABCD',
  orders: 2,
  credited: money('2990.00'),
  settled: money('3000.00'),
  returned: money('0.00'),
  difference: money('-10.00'),
  credits: [{ entryId: 'ent_4N9QXJ5M8T2V4K7R6W1Y0ZABCD', bookedOn: '2026-03-13', amount: money('2990.00') }],
  comparedAt: at,
  version: 1,
  createdAt: at,
  changedAt: at,
};

export const listCollectedCredits = {
  query: { state: 'DIFFERS', limit: '10' },
  response: { collectedCredits: [differing] },
};
export const acknowledgeCollectedCredit = {
  path: { collectedCreditId: '{collectedCreditId}' },
  body: { reason: '银行扣手续费 The bank kept 10.00 of charges, which its tariff allows.' },
  response: {
    ...differing,
    state: 'ACKNOWLEDGED' as const,
    acknowledged: '银行扣手续费 The bank kept 10.00 of charges, which its tariff allows.',
    version: 2,
  },
};
