/** Requests and answers shown in the reference. */
const path = { centreId: 'ctr_group' };
const invoiceId = 'inv_01JQM4X0Z3Y8V7C2N5T9B6R1KD';
const untaken = {
  ...{ reference: `INVOICES/${invoiceId}`, source: 'INVOICES' as const, subject: invoiceId },
  ...{ payer: 'CHENGDU', payee: 'SHANGHAI', owed: { amount: '1200.00', currency: 'USD' } },
  ...{ date: '2026-03-31', description: 'FP-2026-0042' },
  faults: [
    {
      code: 'CURRENCY_NOT_NETTED' as const,
      field: 'amount.currency',
      detail: 'The centre takes CNY, EUR; send one of these, or add USD to it.',
    },
  ],
  ...{ toldAt: '2026-03-31T02:00:00.000Z', triedAt: '2026-03-31T02:00:02.000Z' },
};

export const listUntakenObligations = { path, query: { limit: '10' }, response: { untaken: [untaken] } };
export const takeUntakenObligations = { path, body: {}, response: { tried: 1, taken: 1 } };
