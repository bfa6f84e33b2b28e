/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const path = { centreId: 'ctr_group' };
const resolutionPath = { ...path, resolutionId: '{resolutionId}' };
const body = { currency: 'CNY' };
const resolution = {
  ...{ id: 'qrs_3M8ZQ6N1XH5TCVRD2BW7JK4MFA', centreId: 'ctr_group', currency: 'CNY' },
  ...{ state: 'DECIDING' as const, round: 1 },
  figures: {
    ...{ settledPayments: 0, settledAmount: yuan('0.00'), movedAmount: yuan('0.00') },
    ...{ bilateralSets: 0, multilateralSets: 0, waitingPayments: 0, waitingAmount: yuan('0.00') },
  },
  createdAt: '2026-03-31T02:10:00.000Z',
  changedAt: '2026-03-31T02:10:00.000Z',
};
const figures = {
  ...{ settledPayments: 2, settledAmount: yuan('190.00'), movedAmount: yuan('10.00') },
  ...{ bilateralSets: 1, multilateralSets: 0, waitingPayments: 1, waitingAmount: yuan('50.00') },
};
const payments = [
  {
    ...{ paymentId: 'qpm_2QZ6N8XH5TCVRD3BW7JK4MFA1P', reference: 'PAY-2026-0117' },
    ...{ payer: 'CHENGDU', payee: 'SHANGHAI', amount: yuan('100.00') },
    ...{ outcome: 'SETTLED' as const, set: 1, kind: 'BILATERAL' as const },
  },
  {
    ...{ paymentId: 'qpm_5T4Q8ZK2XJ7MNDW3HV6BRC9FPA', reference: 'PAY-2026-0118' },
    ...{ payer: 'SHANGHAI', payee: 'CHENGDU', amount: yuan('90.00') },
    ...{ outcome: 'SETTLED' as const, set: 1, kind: 'BILATERAL' as const },
  },
  {
    ...{ paymentId: 'qpm_7R1V5ZK2XJ7MNDW3HV6BRC9FPB', reference: 'PAY-2026-0120' },
    ...{ payer: 'LYON', payee: 'CHENGDU', amount: yuan('50.00') },
    ...{ outcome: 'WAITING' as const, reasons: [{ code: 'SHORT_OF_FUNDS' as const, missing: yuan('30.00') }] },
  },
];

export const resolveQueue = { path, body, response: resolution };
export const simulateResolution = { path, body, response: { ...path, currency: 'CNY', figures, payments } };
export const getResolution = {
  path: resolutionPath,
  response: {
    ...{ ...resolution, state: 'ENDED' as const, figures },
    ...{ changedAt: '2026-03-31T02:10:01.000Z', endedAt: '2026-03-31T02:10:01.000Z' },
  },
};
export const listResolvedPayments = { path: resolutionPath, query: { limit: '10' }, response: { payments } };
