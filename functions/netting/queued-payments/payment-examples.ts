/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const request = {
  reference: 'PAY-2026-0117',
  payer: 'CHENGDU',
  payee: 'SHANGHAI',
  amount: yuan('100.00'),
  description: '内部往来 2026-03',
};
const payment = {
  ...{ id: 'qpm_2QZ6N8XH5TCVRD3BW7JK4MFA1P', centreId: 'ctr_group', ...request },
  ...{ state: 'QUEUED' as const, number: 1 },
  queuedAt: '2026-03-31T02:05:00.000Z',
  changedAt: '2026-03-31T02:05:00.000Z',
};
const path = { centreId: 'ctr_group' };
const paymentPath = { ...path, paymentId: '{paymentId}' };

export const createQueuedPayment = { path, body: request, response: payment };
export const createQueuedPayments = {
  path,
  body: {
    payments: [
      { reference: 'PAY-2026-0118', payer: 'SHANGHAI', payee: 'CHENGDU', amount: yuan('90.00') },
      { reference: 'PAY-2026-0119', payer: 'SHANGHAI', payee: 'SHANGHAI', amount: yuan('40.00') },
    ],
  },
  response: {
    lines: { sent: 2, accepted: 1, known: 0, refused: 1 },
    results: [
      {
        line: 1,
        outcome: 'ACCEPTED' as const,
        id: 'qpm_5T4Q8ZK2XJ7MNDW3HV6BRC9FPA',
        number: 1,
        state: 'QUEUED' as const,
      },
      {
        ...{ line: 2, outcome: 'REFUSED' as const },
        faults: [
          { code: 'SAME_PARTY' as const, field: 'payee', detail: 'Name another participant: nobody pays itself.' },
        ],
      },
    ],
  },
};
export const listQueuedPayments = {
  path,
  query: { currency: 'CNY', payer: 'CHENGDU', limit: '10' },
  response: { payments: [payment] },
};
export const getQueuedPayment = { path: paymentPath, response: payment };
export const withdrawQueuedPayment = {
  path: paymentPath,
  response: { ...payment, state: 'WITHDRAWN' as const, changedAt: '2026-03-31T02:06:00.000Z' },
};
