/** Requests and answers shown in the reference. */
const request = {
  id: 'mkt_chengdu',
  name: '成都茶叶市场',
  legalEntity: '禹道市场管理有限公司',
  currency: 'CNY',
  shortfall: { kind: 'RECOVER' as const, basisPoints: 3_000 },
};
const market = {
  ...request,
  zone: 'Asia/Shanghai',
  calendar: 'CN_STATE_COUNCIL',
  orderTimeoutMinutes: 30,
  accounts: {
    supervised: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z11',
    inTransit: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z12',
    paidOut: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z15',
    claims: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z13',
    own: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z14',
  },
  version: 1,
  changedAt: '2025-09-26T02:00:00.000Z',
};
const path = { marketId: 'mkt_chengdu' };

export const createMarket = { body: request, response: market };
export const listMarkets = { query: { limit: '10' }, response: { markets: [market] } };
export const getMarket = { path, response: market };
export const changeMarket = {
  path,
  body: { orderTimeoutMinutes: 15, expectedVersion: 1 },
  response: { ...market, orderTimeoutMinutes: 15, version: 2, changedAt: '2025-09-26T03:00:00.000Z' },
};
