/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const runRequest = { marketId: 'mkt_chengdu', businessDate: '2025-09-28' };
const run = {
  id: 'run_01KAVG2Y7T8XJ4N5QW3R6S9Z31',
  ...runRequest,
  number: 1,
  state: 'LOOKING' as const,
  days: [],
  progress: { daysDone: 0, days: 0 },
  ...{ waited: 0, settlements: 0, payouts: 0, held: 0, mismatches: 0 },
  ...{ paidOut: yuan('0.00'), carriedOn: yuan('0.00'), billed: yuan('0.00') },
  createdAt: '2025-09-28T02:00:00.000Z',
  changedAt: '2025-09-28T02:00:00.000Z',
};
const payout = {
  id: '01KAVG2Y7T8XJ4N5QW3R6S9Z41-1',
  amount: yuan('120.62'),
  to: {
    to: 'BANK' as const,
    name: '成都锦里茶庄有限公司',
    account: { type: 'ACCOUNT' as const, number: '****5123', bank: { cnaps: '105100000017' } },
  },
  carriedOn: '2025-09-28',
  changedAt: '2025-09-28T02:00:01.000Z',
};
const settlement = {
  id: 'set_01KAVG2Y7T8XJ4N5QW3R6S9Z41',
  marketId: 'mkt_chengdu',
  merchantId: 'mer_teahouse',
  date: '2025-09-28',
  sequence: 0,
  runId: run.id,
  state: 'SETTLED' as const,
  orders: 2,
  ...{ gross: yuan('150.00'), fees: yuan('0.38'), coupons: yuan('10.00'), refunds: yuan('20.00') },
  adjustments: yuan('-9.00'),
  ...{ carriedIn: yuan('-9.00'), keptBack: yuan('9.00'), carriedOn: yuan('0.00'), billed: yuan('0.00') },
  ...{ net: yuan('120.62'), payout: yuan('120.62') },
  payouts: [{ ...payout, state: 'SENT' as const }],
  settledAt: '2025-09-28T02:00:01.000Z',
  version: 3,
};
const merchantPath = { merchantId: 'mer_teahouse' };
const settlementPath = { settlementId: settlement.id };

export const startSettlementRun = { body: runRequest, response: run };
export const getSettlementRun = {
  path: { runId: run.id },
  response: {
    ...run,
    state: 'ENDED' as const,
    days: [{ date: '2025-09-28', sequence: 0 }],
    progress: { daysDone: 1, days: 1 },
    ...{ settlements: 1, payouts: 1, paidOut: yuan('120.62') },
    changedAt: '2025-09-28T02:00:02.000Z',
    endedAt: '2025-09-28T02:00:02.000Z',
  },
};
export const listSettlements = {
  path: merchantPath,
  query: { date: '2025-09-28' },
  response: { settlements: [settlement] },
};
export const getSettlement = { path: settlementPath, response: settlement };
export const retrySettlement = {
  path: settlementPath,
  response: {
    ...settlement,
    payouts: [
      { ...payout, state: 'FAILED' as const, reason: '账号不存在' },
      {
        id: '01KAVG2Y7T8XJ4N5QW3R6S9Z41-2',
        amount: yuan('120.62'),
        to: { to: 'LEDGER' as const, accountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z51' },
        state: 'DUE' as const,
        changedAt: '2025-09-29T02:00:00.000Z',
      },
    ],
    version: 7,
  },
};
export const listSettlementLines = {
  path: settlementPath,
  query: { limit: '2' },
  response: {
    lines: [
      {
        kind: 'SHARE' as const,
        amount: yuan('5.00'),
        ...{ orderNo: 'SO-1', subOrderNo: 'SO-1-1', base: yuan('100.00') },
        rule: { id: 'rule_01KAVG2Y7T8XJ4N5QW3R6S9Z61', version: 1 },
        computation: '比例 5.00 % of 100.00',
      },
      {
        kind: 'REFUND' as const,
        amount: yuan('-1.00'),
        orderNo: 'SO-2',
        refundNo: 'RF-1',
        computation: '退款 refund RF-1',
      },
    ],
  },
};
export const getSettlementLinesCsv = {
  path: settlementPath,
  response:
    'date,kind,orderNo,subOrderNo,base,rule,version,computation,fee,coupon,refundNo,otherDate,amount,currency\r\n' +
    '2025-09-28,SHARE,SO-1,SO-1-1,100.00,rule_01KAVG2Y7T8XJ4N5QW3R6S9Z61,1,比例 5.00 % of 100.00,0.00,,,,5.00,CNY\r\n',
};
export const getUpcoming = {
  path: merchantPath,
  query: { days: '7' },
  response: {
    days: [
      {
        ...{ date: '2025-09-29', arrivesOn: '2025-09-29', orders: 1, gross: yuan('80.00'), fees: yuan('0.00') },
        ...{ refunds: yuan('0.00'), adjustments: yuan('0.00'), carriedIn: yuan('0.00'), net: yuan('80.00') },
      },
    ],
    net: yuan('80.00'),
    ...{ sums: [], hasMoreSums: false },
  },
};
