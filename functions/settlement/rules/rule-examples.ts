/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const terms = {
  base: 'PAID' as const,
  method: 'RATIO' as const,
  lines: [
    { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'RATIO' as const, basisPoints: 500 }, cap: money('50.00') },
    { sequence: 2, share: { kind: 'REMAINDER' as const } },
  ],
  lifetimeCapBasisPoints: 3_000,
};
const asked = {
  effectiveFrom: '2025-09-01',
  ...terms,
  clearing: { period: { kind: 'WORKING_DAYS' as const, days: 1 }, cutOff: '23:00' },
};
const version = {
  version: 1,
  effectiveFrom: '2025-09-01',
  ...terms,
  failureMode: 'ALL_OR_NOTHING' as const,
  clearing: { from: 'PAYMENT' as const, mode: 'BATCH' as const, ...asked.clearing, calendar: 'CN_STATE_COUNCIL' },
  aggregate: 'AFTER_SPLIT' as const,
  createdAt: '2025-09-26T02:00:00.000Z',
};
const head = {
  id: 'rule_2V4K7N9QXJ5M8T3R6W1Y0ZABCD',
  marketId: 'mkt_chengdu',
  name: '茶庄 5%，封顶 50 元',
  currency: 'CNY',
  version: 1,
  changedAt: '2025-09-26T02:00:00.000Z',
};
const rule = { ...head, versions: [version] };
const path = { ruleId: '{ruleId}' };
const fixed = [
  { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED' as const, amount: money('2.00') } },
  { sequence: 2, share: { kind: 'REMAINDER' as const } },
];
const next = { effectiveFrom: '2099-01-01', base: 'PAID' as const, method: 'FIXED' as const, lines: fixed };

export const createSplitRule = {
  body: { marketId: head.marketId, name: head.name, ...asked },
  response: rule,
};
export const listSplitRules = { query: { marketId: 'mkt_chengdu', limit: '10' }, response: { rules: [head] } };
export const getSplitRule = { path, response: rule };
export const addSplitRuleVersion = {
  path,
  body: { ...next, clearing: asked.clearing, expectedVersion: 1 },
  response: {
    version: 2,
    ...next,
    ...{ failureMode: version.failureMode, clearing: version.clearing, aggregate: version.aggregate },
    createdAt: '2025-09-27T02:00:00.000Z',
  },
};
const due = { dueOn: '2025-09-28' };
export const simulateSplit = {
  path,
  body: {
    paidAt: '2025-09-26T18:00:00+08:00',
    order: {
      subOrders: [
        {
          ...{ no: '1', merchantId: 'mer_potter', amount: money('100.00') },
          coupons: [{ id: 'C-1', amount: money('10.00'), funders: [{ kind: 'PLATFORM', basisPoints: 10_000 }] }],
        },
      ],
      fee: money('0.54'),
    },
  },
  response: {
    ...{ ruleId: head.id, version: 1, businessDate: '2025-09-26' },
    subOrders: [
      {
        ...{ no: '1', merchantId: 'mer_potter', order: money('100.00'), paid: money('100.00') },
        ...{ merchantGives: money('0.00'), subsidies: [{ kind: 'PLATFORM' as const, amount: money('10.00') }] },
        fee: money('0.54'),
        legs: [
          {
            ...{ sequence: 1, receiver: 'mer_teahouse', amount: money('4.50'), fee: money('0.00') },
            ...{ base: money('90.00'), kind: 'RATIO' as const, explanation: '比例 5.00 % of 90.00', ...due },
          },
          {
            ...{ sequence: 2, receiver: 'mer_potter', amount: money('94.96'), fee: money('0.54') },
            ...{ base: money('100.00'), kind: 'REMAINDER' as const },
            explanation: '余额 remainder of 100.00 after 4.50, 手续费 fee 0.54',
            ...due,
          },
        ],
      },
    ],
    total: { paid: money('100.00'), fee: money('0.54'), legs: money('99.46') },
  },
};
