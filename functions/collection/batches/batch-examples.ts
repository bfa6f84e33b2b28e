/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const none = money('0.00');
const creditAccountId = '{accountId}';
const batchPath = { batchId: '{batchId}' };
const collectionPath = { collectionId: '{collectionId}' };

const facts = {
  currency: 'CNY',
  creditAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  clearingAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B',
  policy: 'BALANCED' as const,
  createdAt: '2026-03-02T02:00:00.000Z',
};
const line = {
  agreementNumber: 'XY-2026-0317',
  amount: money('1250.00'),
  description: '三月货款',
  references: { orderNo: 'SO-2026-0317' },
};

const head = {
  id: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  number: 'DK-20260302-01',
  ...facts,
  amount: money('1250.00'),
  lines: { sent: 2, accepted: 1, refused: 1 },
};
const batch = {
  ...head,
  state: 'PARTIAL' as const,
  money: { open: none, settled: money('1250.00'), failed: none, returned: none, cancelled: none },
  items: { SETTLED: 1 },
};
const item = {
  line: 1,
  piece: 1,
  mandateId: 'man_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  agreementNumber: line.agreementNumber,
  payerName: '江南机械厂',
  amount: money('1250.00'),
  state: 'SETTLED' as const,
  money: batch.money,
  dueOn: '2026-03-02',
  description: line.description,
  references: line.references,
  tries: [
    {
      orderId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001',
      railId: 'same-bank',
      railKind: 'BOOK' as const,
      amount: money('1250.00'),
      businessDate: '2026-03-02',
      state: 'SETTLED' as const,
      settled: money('1250.00'),
      fee: none,
      routedAt: '2026-03-02T02:00:01.000Z',
      endedAt: '2026-03-02T02:00:02.000Z',
    },
  ],
};
const collection = {
  id: 'col_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
  ...facts,
  state: 'COMPLETED' as const,
  amount: head.amount,
  money: batch.money,
  items: [item],
};
const cancelled = {
  ...collection,
  state: 'CANCELLED' as const,
  money: { ...batch.money, settled: none, cancelled: money('1250.00') },
  items: [
    {
      ...item,
      state: 'CANCELLED' as const,
      reason: 'CANCELLED' as const,
      money: { ...batch.money, settled: none, cancelled: money('1250.00') },
      tries: [],
    },
  ],
};

export const createCollectionBatch = {
  body: {
    number: head.number,
    creditAccountId,
    lines: [line, { agreementNumber: 'XY-0000', amount: money('80.00') }],
  },
  response: head,
};
export const createCollectionBatchFromFile = {
  query: { number: 'DK-20260302-02', creditAccountId },
  body: '协议号,金额,摘要,ref:orderNo\nXY-2026-0317,1250.00,三月货款,SO-2026-0317\n',
  response: { ...head, number: 'DK-20260302-02', lines: { sent: 1, accepted: 1, refused: 0 } },
};
export const listCollectionBatches = {
  query: { number: head.number },
  response: { batches: [{ ...head, state: batch.state }] },
};
export const getCollectionBatch = { path: batchPath, response: batch };
export const listCollectionItems = { path: batchPath, query: { limit: '20' }, response: { items: [item] } };
export const listRefusedLines = {
  path: batchPath,
  response: {
    lines: [
      {
        line: 2,
        code: 'MANDATE_NOT_FOUND' as const,
        field: 'agreementNumber',
        detail: 'There is no such mandate; GET /v1/mandates lists yours.',
      },
    ],
  },
};
export const cancelCollectionBatch = { path: batchPath, response: batch };
export const createCollection = {
  body: { creditAccountId, collection: line },
  response: { ...collection, state: 'OPEN' as const, items: [{ ...item, state: 'ACCEPTED' as const, tries: [] }] },
};
export const listCollections = {
  query: { limit: '10' },
  response: {
    collections: [{ id: collection.id, ...facts, state: collection.state, amount: collection.amount }],
  },
};
export const getCollection = { path: collectionPath, response: collection };
export const cancelCollection = { path: collectionPath, response: cancelled };
export const recordOrderOutcome = {
  path: { orderId: '{orderId}' },
  body: {
    outcome: 'SETTLED',
    amount: money('1250.00'),
    date: '2026-03-02',
    reference: 'Statement 2026-03-02, entry 17',
    reason: 'On the paper statement, which the bank sent no file of',
  },
  response: item,
};
