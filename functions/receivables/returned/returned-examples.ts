/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const returned = {
  id: 'rtc_9T2V4K7N9QXJ5M8R6W1Y0ZABCD',
  state: 'OPEN' as const,
  reason: 'SEVERAL_RECEIPTS' as const,
  since: '2026-03-13T02:00:02.000Z',
  candidates: ['rcp_5QXJ5M8T2V4K7N9R6W1Y0ZABCD', 'rcp_7K7N9QXJ5M8T2V4R6W1Y0ZABCD'],
  legalEntity: '禹道贸易有限公司',
  accountId: 'acc_3K7N9QXJ5M8T2V4R6W1Y0ZABCD',
  bookedOn: '2026-03-13',
  amount: money('5000.00'),
  rest: money('5000.00'),
  payer: { name: '江南机械厂有限公司', account: '****5123' },
  texts: ['退票'],
  references: {},
  bankReferences: ['R-20260313-7'],
  entryIds: ['ent_4N9QXJ5M8T2V4K7R6W1Y0ZABCD'],
  receipts: [],
  version: 2,
  createdAt: '2026-03-13T02:00:00.000Z',
  changedAt: '2026-03-13T02:00:02.000Z',
};
const { reason: _reason, since: _since, ...known } = returned;
const assigned = { ...known, candidates: [] };

export const listReturnedCredits = {
  query: { state: 'OPEN', limit: '10' },
  response: { returnedCredits: [returned] },
};
export const dismissReturnedCredit = {
  path: { returnedCreditId: '{strayCreditId}' },
  body: { reason: '转错账户 Paid to us by mistake, and taken back by the bank before it was recorded here.' },
  response: {
    ...assigned,
    id: 'rtc_2K7N9QXJ5M8T9V4R6W1Y0ZABCD',
    state: 'DISMISSED' as const,
    dismissed: '转错账户 Paid to us by mistake, and taken back by the bank before it was recorded here.',
    version: 3,
  },
};
export const assignReturnedCredit = {
  path: { returnedCreditId: '{returnedCreditId}' },
  body: { receiptId: '{returnedReceiptId}' },
  response: {
    ...assigned,
    state: 'ASSIGNED' as const,
    rest: money('0.00'),
    receipts: [{ receiptId: 'rcp_5QXJ5M8T2V4K7N9R6W1Y0ZABCD', amount: money('5000.00') }],
    version: 3,
  },
};
export const reopenReturnedCredit = {
  path: { returnedCreditId: '{strayCreditId}' },
  body: { expectedVersion: 3 },
  response: { ...assigned, id: 'rtc_2K7N9QXJ5M8T9V4R6W1Y0ZABCD', state: 'OPEN' as const, version: 4 },
};
export const unassignReturnedCredit = {
  path: { returnedCreditId: '{returnedCreditId}' },
  body: { receiptId: '{returnedReceiptId}', reason: '认错 It was the other payment of the same amount.' },
  response: { ...assigned, state: 'OPEN' as const, version: 4 },
};
