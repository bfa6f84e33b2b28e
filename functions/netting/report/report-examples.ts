/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const path = { cycleId: '{cycleId}' };

export const getNettingReport = {
  path,
  query: { dryRun: 'true', limit: '5' },
  response: {
    ...{ cycleId: 'cyc_group_2026-03-31', centreId: 'ctr_group', cycleState: 'OPEN', cutOffDate: '2026-03-31' },
    ...{ valueDate: '2026-04-02', dryRun: true, outcome: 'NETTED' as const },
    figures: {
      ...{ centreVersion: 1, obligations: 2, carriedIn: 0, moved: 0, parties: 2 },
      savings: [
        {
          currency: 'CNY',
          gross: { payments: 2, value: yuan('200.00') },
          bilateral: { payments: 1, value: yuan('40.00') },
          net: { payments: 2, value: yuan('40.00') },
          ...{ savedValue: yuan('160.00'), savedPayments: 0, savedValuePercent: '80.00', savedPaymentsPercent: '0.00' },
        },
      ],
      fewestPayments: [],
      rows: { positions: 2, bilateral: 1, toPay: 2, legs: 2, carried: 0, moved: 0, breaches: 0 },
      digest: '0b3d3f3f7c0c2d5f1d2f0a8a2f5f7f6f0e1d9c8b7a6958473625140f1e2d3c4b',
    },
    positions: [
      {
        ...{ participant: 'CHENGDU', grossPaid: yuan('120.00'), grossReceived: yuan('80.00') },
        net: yuan('-40.00'),
      },
      {
        ...{ participant: 'SHANGHAI', grossPaid: yuan('80.00'), grossReceived: yuan('120.00') },
        net: yuan('40.00'),
      },
    ],
    bilateral: [
      {
        ...{ first: 'CHENGDU', second: 'SHANGHAI', firstOwes: yuan('120.00'), firstCount: 1 },
        ...{ secondOwes: yuan('80.00'), secondCount: 1, netOfFirst: yuan('-40.00') },
      },
    ],
    toPay: [
      { participant: 'CHENGDU', net: yuan('-40.00') },
      { participant: 'SHANGHAI', net: yuan('40.00') },
    ],
    ...{ legs: [], carried: [], moved: [], breaches: [] },
    nextCursor: 'kq2rXvT1pLw8nB5ceyJzZWN0aW9uIjoiTEVHUyJ9',
  },
};

export const getNettingReportCsv = {
  path,
  query: { dryRun: 'true', section: 'POSITIONS' },
  response:
    '\ufeffparticipant,currency,grossPaid,grossReceived,net,converted,homeCurrency\r\n' +
    'CHENGDU,CNY,120.00,80.00,-40.00,,\r\nSHANGHAI,CNY,80.00,120.00,40.00,,\r\n',
};
