/** Requests and answers shown in the reference. */
const posting = {
  ...{ id: 'pst_01KAVG2Y7T8XJ4N5QW3R6S9Z71', code: 'ledger/account-closed' },
  ...{ detail: 'The account acc_01KAVG2Y7T8XJ4N5QW3R6S9Z21 is closed.', since: '2025-09-26T02:05:08.000Z' },
  ...{ refusals: 3, askAt: '2025-09-26T02:12:08.000Z' },
  legs: [{ debit: 'supervised', credit: 'payable:mer_teahouse', amount: { amount: '5.00', currency: 'CNY' } }],
};
const path = { marketId: 'mkt_chengdu' };

export const listWaitingPostings = { path, query: { limit: '10' }, response: { postings: [posting] } };
export const askForPosting = {
  path: { ...path, postingId: posting.id },
  response: { ...posting, askAt: '2025-09-26T02:09:00.000Z' },
};
const step = {
  ...{ id: 'stp_WyJTTy0yMDI1LTAwMDAwOSIsIlJFRlVORCIsIlJGLTIwMjUtMDAwMDA5Il0' },
  ...{ orderNo: 'SO-2025-000009', kind: 'REFUND', refundNo: 'RF-2025-000009', code: 'ledger/condition-not-met' },
  ...{
    detail: 'The account acc_01KAVG2Y7T8XJ4N5QW3R6S9Z21 has 3.00 CNY free.',
    since: '2025-09-26T02:05:08.000Z',
  },
  ...{ refusals: 2, askAt: '2025-09-26T02:06:08.000Z' },
  legs: [{ debit: 'payable:mer_teahouse', credit: 'channel:wechat', amount: { amount: '5.00', currency: 'CNY' } }],
};
export const listWaitingSteps = { path, query: { limit: '10' }, response: { steps: [step] } };
export const askForStep = {
  path: { ...path, stepId: step.id },
  response: { ...step, askAt: '2025-09-26T02:05:40.000Z' },
};
export const listParkedChanges = {
  query: { limit: '10' },
  response: {
    changes: [
      {
        ...{ orderNo: 'SO-2025-000009', since: '2025-09-26T02:05:08.000Z' },
        reason: 'Refund RF-1 of order SO-2025-000009 does not say since when it is FUNDED.',
      },
    ],
  },
};
