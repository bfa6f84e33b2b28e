/** Requests and answers shown in the reference. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const changed = {
  changedAt: '2025-10-04T02:00:00.000Z',
  changedBy: { client: 'treasurer', role: 'treasurer', requestId: 'f3a1c0de' },
};

const ibps = {
  id: 'IBPS',
  kind: 'IBPS',
  currency: 'CNY',
  directions: ['COLLECT', 'PAY'],
  effectiveFrom: '2025-01-01',
  maximum: money('1000000.00'),
  zone: 'Asia/Shanghai',
  hours: { type: 'ALWAYS' },
  tariff: {
    bands: [
      { upTo: money('10000.00'), fee: money('5.00') },
      { upTo: money('100000.00'), fee: money('10.00') },
      { upTo: money('500000.00'), fee: money('15.00') },
      { upTo: money('1000000.00'), fee: money('20.00') },
    ],
    above: { millionths: 20, cap: money('200.00') },
    urgent: { percent: 20, cap: money('200.00') },
  },
  successMillionths: 990_000,
  usualMinutes: 1,
  banks: { same: 'ANY' },
} as const;

const hvps = {
  ...ibps,
  id: 'HVPS',
  kind: 'HVPS',
  maximum: money('1000000000.00'),
  hours: { type: 'SESSION', calendar: 'CN_STATE_COUNCIL', opensOn: 'DAY_BEFORE', opens: '20:30', closes: '17:15' },
  successMillionths: 999_000,
  usualMinutes: 5,
} as const;

const rails = [ibps, hvps] as const;
const outage = { from: '2025-10-04T16:00:00.000Z', to: '2025-10-04T18:00:00.000Z' };
const outages = { railId: 'IBPS', version: 1, outages: [outage], ...changed };

export const getRails = {
  response: { source: 'CONFIGURED', version: 1, rails, outages: [outages], ...changed },
} as const;

export const putRails = {
  body: { rails },
  response: { source: 'CONFIGURED', version: 1, rails, outages: [], ...changed },
} as const;

export const putRailOutages = {
  path: { railId: 'IBPS' },
  body: { outages: [outage] },
  response: outages,
} as const;

export const quoteRoute = {
  body: {
    amount: money('1000000.01'),
    at: '2025-10-04T10:00:00+08:00',
    payerBank: { cnaps: '102100099996' },
    payeeBank: { cnaps: '105100000017' },
  },
  response: {
    at: '2025-10-04T02:00:00.000Z',
    policy: 'BALANCED',
    amount: money('1000000.01'),
    railsVersion: 1,
    outcome: 'RAIL',
    route: {
      railId: 'HVPS',
      kind: 'HVPS',
      effectiveFrom: '2025-01-01',
      fee: money('20.00'),
      earliestExecution: '2025-10-08T12:30:00.000Z',
      takesNow: false,
      businessDate: '2025-10-09',
      expectedSettlement: '2025-10-08T12:35:00.000Z',
      successMillionths: 999_000,
    },
    others: [],
    refused: [
      {
        railId: 'IBPS',
        code: 'ABOVE_LIMIT',
        detail: 'The amount is above the limit for one item.',
        maximum: money('1000000.00'),
      },
    ],
  },
} as const;
