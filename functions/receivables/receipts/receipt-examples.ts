/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const legalEntity = '禹道贸易有限公司';
const customerId = 'cus_2V4K7N9QXJ5M8T3R6W1Y0ZABCD';
const invoiceId = 'inv_3K7N9QXJ5M8T2V4R6W1Y0ZABCD';
const at = '2026-03-12T02:00:00.000Z';

const request = {
  number: 'SK-2026-0042',
  legalEntity,
  amount: money('12098.76'),
  paidOn: '2026-03-12',
  payer: { name: '江南机械厂有限公司', account: '32001881236052505123' },
  texts: ['货款'],
  references: {},
};
const receipt = {
  id: 'rcp_4N9QXJ5M8T2V4K7R6W1Y0ZABCD',
  number: request.number,
  legalEntity,
  state: 'OPEN' as const,
  amount: request.amount,
  allocated: money('0.00'),
  onAccount: money('0.00'),
  refunded: money('0.00'),
  unapplied: money('12098.76'),
  paidOn: request.paidOn,
  payer: { name: request.payer.name, account: '****5123' },
  texts: request.texts,
  references: {},
  sources: [{ kind: 'BY_HAND' as const, id: request.number, at }],
  suggestions: [],
  version: 1,
  createdAt: at,
  changedAt: at,
  matches: [],
  refunds: [],
  mergeInto: [],
};
export const match = {
  id: 'mat_5QXJ5M8T2V4K7N9R6W1Y0ZABCD',
  receiptId: receipt.id,
  customerId,
  legalEntity,
  rule: 'BY_HAND' as const,
  score: 1000,
  allocations: [{ invoiceId, cash: money('12098.76'), discount: money('246.91') }],
  onAccount: money('0.00'),
  fromOnAccount: money('0.00'),
  evidence: [],
  alternatives: [],
  date: '2026-03-12',
  madeAt: at,
};
const matched = {
  ...receipt,
  state: 'MATCHED' as const,
  allocated: money('12098.76'),
  unapplied: money('0.00'),
  customerId,
  version: 2,
  matches: [match],
};
const undone = {
  ...receipt,
  exception: { reason: 'UNKNOWN_PAYER' as const, since: at },
  version: 3,
  matches: [{ ...match, undone: { at, reason: '认领错误' } }],
};
const path = { receiptId: '{receiptId}' };
const { matches: _matches, refunds: _refunds, mergeInto: _mergeInto, ...head } = receipt;

/** As lists show it: waiting for somebody. */
export const waiting = { ...head, exception: undone.exception, version: 2 };

export const createReceipt = { body: request, response: receipt };
export const listReceipts = { query: { state: 'OPEN', limit: '10' }, response: { receipts: [head] } };
export const getReceipt = { path, response: matched };
export const matchReceipt = { path, body: { invoices: ['{invoiceId}'] }, response: matched };
export const unmatchReceipt = { path, body: { reason: '认领错误' }, response: undone };
export const allocateReceipt = {
  path,
  body: {
    customerId: '{customerId}',
    invoices: [{ invoiceId: '{invoiceId}', amount: money('10000.00') }],
    onAccount: money('98.76'),
  },
  response: {
    ...undone,
    state: 'PART_MATCHED' as const,
    allocated: money('10000.00'),
    onAccount: money('98.76'),
    unapplied: money('2000.00'),
    customerId,
    version: 4,
    matches: [
      ...undone.matches,
      {
        ...match,
        id: 'mat_6XJ5M8T2V4K7N9QR6W1Y0ZABCD',
        allocations: [{ invoiceId, cash: money('10000.00') }],
        onAccount: money('98.76'),
      },
    ],
  },
};
export const refundReceipt = {
  path,
  body: { amount: money('2000.00'), reason: '多付退款' },
  response: {
    ...allocateReceipt.response,
    state: 'MATCHED' as const,
    refunded: money('2000.00'),
    unapplied: money('0.00'),
    exception: undefined,
    version: 5,
    refunds: [
      {
        id: 'rfd_7J5M8T2V4K7N9QXR6W1Y0ZABCD',
        kind: 'REFUND' as const,
        amount: money('2000.00'),
        fromOnAccount: money('0.00'),
        reason: '多付退款',
        date: '2026-03-12',
        at,
      },
    ],
  },
};
export const dismissReceipt = {
  path,
  body: { reason: '录入错误' },
  response: {
    ...receipt,
    state: 'DISMISSED' as const,
    unapplied: money('0.00'),
    dismissed: receipt.amount,
    dismissals: [{ amount: receipt.amount, reason: '录入错误', date: '2026-03-12', at }],
    version: 2,
  },
};
export const reopenReceipt = {
  path,
  body: { reason: '核实为货款 It is the payment of SK-2026-0042 after all.' },
  response: {
    ...receipt,
    exception: { reason: 'UNKNOWN_PAYER' as const, since: at },
    dismissals: dismissReceipt.response.dismissals.map((one) => ({
      ...one,
      undone: { reason: '核实为货款 It is the payment of SK-2026-0042 after all.', date: one.date, at },
    })),
    version: 3,
  },
};
const ownCredit = {
  id: 'rcp_6T2V4K7N9QXJ5M8R6W1Y0ZABCD',
  state: 'LEFT_OUT' as const,
  legalEntity,
  amount: money('900.00'),
  paidOn: '2026-03-01',
  payer: { name: '禹道科技有限公司', account: '****9999' },
  texts: ['货款'],
  entryId: 'ent_1V4K7N9QXJ5M8T2R6W1Y0ZABCD',
  createdAt: at,
};
export const listOwnCredits = { query: { state: 'LEFT_OUT' }, response: { ownCredits: [ownCredit] } };
const { number: _number, ...unnumbered } = receipt;
export const takeOwnCredit = {
  path: { receiptId: '{ownCreditId}' },
  response: {
    ...unnumbered,
    id: ownCredit.id,
    amount: ownCredit.amount,
    unapplied: ownCredit.amount,
    paidOn: ownCredit.paidOn,
    payer: ownCredit.payer,
    sources: [{ kind: 'STATEMENT' as const, id: ownCredit.entryId, at }],
    cashAccountId: 'acc_2N9QXJ5M8T2V4K7R6W1Y0ZABCD',
  },
};
export const mergeReceipt = {
  path,
  body: { into: '{otherReceiptId}' },
  response: {
    ...receipt,
    state: 'MERGED' as const,
    unapplied: money('0.00'),
    mergedInto: 'rcp_8M8T2V4K7N9QXJ5R6W1Y0ZABCD',
    version: 2,
  },
};
export const unmergeReceipt = {
  path,
  body: { reason: '认错 The customer had paid twice.' },
  response: {
    ...receipt,
    exception: { reason: 'DUPLICATE' as const, since: at },
    unmerged: [
      {
        into: mergeReceipt.response.mergedInto,
        date: '2026-03-12',
        at,
        undone: { reason: '认错 The customer had paid twice.', date: '2026-03-12', at },
      },
    ],
    mergeInto: [mergeReceipt.response.mergedInto],
    version: 3,
  },
};
