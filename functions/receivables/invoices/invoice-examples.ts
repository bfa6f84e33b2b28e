/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const legalEntity = '禹道贸易有限公司';

const request = {
  legalEntity,
  number: 'FP-2026-000317',
  customerNumber: 'K-1001',
  amount: money('12345.67'),
  issuedOn: '2026-03-02',
  terms: '2/10 net 30',
  references: { contract: 'HT-2026-001' },
};
const invoice = {
  id: 'inv_3K7N9QXJ5M8T2V4R6W1Y0ZABCD',
  legalEntity,
  number: request.number,
  customerId: 'cus_2V4K7N9QXJ5M8T3R6W1Y0ZABCD',
  state: 'OPEN' as const,
  amount: money('12345.67'),
  open: money('12345.67'),
  cleared: money('0.00'),
  credited: money('0.00'),
  writtenOff: money('0.00'),
  issuedOn: '2026-03-02',
  dueOn: '2026-04-01',
  discount: { basisPoints: 200, withinDays: 10, until: '2026-03-12' },
  references: request.references,
  version: 1,
  createdAt: '2026-03-02T02:00:00.000Z',
  changedAt: '2026-03-02T02:00:00.000Z',
};
const later = { version: 2, changedAt: '2026-03-05T02:00:00.000Z' };
const path = { invoiceId: '{invoiceId}' };
const dispute = { reason: '数量不符', since: later.changedAt };

export const createInvoice = { body: request, response: { ...invoice, reductions: [] } };
export const createInvoiceBatch = {
  body: {
    lines: [
      request,
      { ...request, number: 'FP-2026-000318', terms: undefined, dueOn: '2026-02-28', amount: money('800.00') },
    ],
  },
  response: {
    lines: { sent: 2, accepted: 1, refused: 1 },
    amounts: [money('12345.67')],
    faults: [
      {
        line: 2,
        code: 'MALFORMED' as const,
        field: 'dueOn',
        detail: 'It is due before it is issued; send 2026-03-02 or a later day.',
      },
    ],
    faultsNotShown: 0,
  },
};
export const createInvoiceBatchFromFile = {
  query: { legalEntity, currency: 'CNY', atomic: 'true' },
  response: {
    lines: { sent: 1, accepted: 1, refused: 0 },
    amounts: [money('12345.67')],
    faults: [],
    faultsNotShown: 0,
  },
};
export const getInvoice = { path, response: { ...invoice, reductions: [] } };
export const listInvoices = {
  query: { customerId: '{customerId}', open: 'true', limit: '10' },
  response: { invoices: [invoice] },
};
export const disputeInvoice = {
  path,
  body: { reason: dispute.reason },
  response: { ...invoice, ...later, state: 'DISPUTED' as const, dispute, reductions: [] },
};
export const resolveInvoiceDispute = {
  path,
  response: { ...invoice, ...later, version: 3, reductions: [] },
};
export const creditInvoice = {
  path,
  body: { number: 'HZ-2026-0004', amount: money('345.67'), reason: '退货' },
  response: {
    ...invoice,
    ...later,
    open: money('12000.00'),
    credited: money('345.67'),
    reductions: [
      {
        id: 'cn_9QXJ5M8T2V4R6W1Y0ZABCD3K7N',
        kind: 'CREDIT_NOTE' as const,
        amount: money('345.67'),
        number: 'HZ-2026-0004',
        reason: '退货',
        date: '2026-03-05',
        at: later.changedAt,
      },
    ],
  },
};
export const writeOffInvoice = {
  path,
  body: { amount: money('12345.67'), reason: '客户破产' },
  response: {
    ...invoice,
    ...later,
    state: 'WRITTEN_OFF' as const,
    open: money('0.00'),
    writtenOff: money('12345.67'),
    reductions: [
      {
        id: 'wo_5M8T2V4R6W1Y0ZABCD3K7N9QXJ',
        kind: 'WRITE_OFF' as const,
        amount: money('12345.67'),
        reason: '客户破产',
        date: '2026-03-05',
        at: later.changedAt,
      },
    ],
  },
};
