/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const at = '2026-03-12T02:00:00.000Z';
const legalEntity = '禹道贸易有限公司';
const receiptId = 'rcp_4N9QXJ5M8T2V4K7R6W1Y0ZABCD';
const invoiceId = 'inv_3K7N9QXJ5M8T2V4R6W1Y0ZABCD';
const rules = {
  off: ['SET_OF_INVOICES' as const],
  threshold: 900,
  tolerance: { chargeMax: [money('50.00')], basisPointsMax: 100 },
  setCandidatesMax: 12,
  setSizeMax: 5,
};
const none = { outcomes: {}, rules: {} };

const started = {
  ...{ id: 'run_5M8T2V4K7N9QXJ3R6W1Y0ZABCD', state: 'DECIDING' as const, legalEntity, dryRun: true, rules },
  ...{ receipts: 0, invoices: 0, progress: { blocks: 0, done: 0 }, decided: none, createdAt: at, changedAt: at },
};
const matched = { count: 1, amounts: [money('12098.76')] };
const ended = {
  ...{ ...started, state: 'ENDED' as const, receipts: 1, invoices: 1, progress: { blocks: 1, done: 0 } },
  ...{ decided: { outcomes: { MATCHED: matched }, rules: { EARLY_PAYMENT_DISCOUNT: matched } }, endedAt: at },
};
const path = { runId: '{runId}' };

export const startReconciliationRun = {
  body: { legalEntity, dryRun: true, rules: { off: rules.off, tolerance: rules.tolerance } },
  response: started,
};
export const listReconciliationRuns = { query: { limit: '10' }, response: { runs: [ended] } };
export const getReconciliationRun = { path, response: ended };
export const listRunDecisions = {
  path,
  query: { limit: '100' },
  response: {
    decisions: [
      {
        ...{ receiptId, legalEntity, amount: money('12098.76'), outcome: 'MATCHED' as const },
        explanation: {
          ...{ place: 1, rule: 'EARLY_PAYMENT_DISCOUNT' as const, score: 934 },
          customerId: 'cus_2V4K7N9QXJ5M8T3R6W1Y0ZABCD',
          allocations: [{ invoiceId, cash: money('12098.76'), discount: money('246.91') }],
          onAccount: money('0.00'),
          evidence: [{ kind: 'NAME' as const, found: '江南机械厂有限公司', meant: '江南机械厂有限公司' }],
        },
        alternatives: [],
      },
    ],
  },
};
export const compareReconciliationRun = {
  path,
  query: { limit: '100' },
  response: {
    figures: { ONLY_RUN: matched },
    differences: [
      {
        ...{ receiptId, amount: money('12098.76'), as: 'ONLY_RUN' as const },
        run: { invoices: [{ invoiceId, cleared: money('12345.67') }], onAccount: money('0.00') },
      },
    ],
  },
};
