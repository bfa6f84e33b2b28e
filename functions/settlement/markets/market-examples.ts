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

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const account = (role: string, orders: string, settlements: string, ledger: string) => {
  return { role, orders: yuan(orders), settlements: yuan(settlements), ledger: yuan(ledger) };
};

export const proveMarket = {
  path,
  query: { from: '2025-09-26', to: '2025-09-26' },
  response: {
    ...{ marketId: 'mkt_chengdu', balanced: true, orders: 1 },
    ...{ received: yuan('100.00'), shares: yuan('99.40'), fees: yuan('0.60') },
    ...{ refunds: yuan('0.00'), supervised: yuan('0.00'), days: 3, differences: [] },
    accounts: [
      account('channel:wechat', '-99.40', '0.00', '-99.40'),
      account('supervised', '0.00', '0.00', '0.00'),
      account('payable:mer_teahouse', '5.00', '-5.00', '0.00'),
      account('payable:mer_potter', '94.40', '-94.40', '0.00'),
    ],
  },
};
export const createMarket = { body: request, response: market };
export const listMarkets = { query: { limit: '10' }, response: { markets: [market] } };
export const getMarket = { path, response: market };
export const changeMarket = {
  path,
  body: { orderTimeoutMinutes: 15, expectedVersion: 1 },
  response: { ...market, orderTimeoutMinutes: 15, version: 2, changedAt: '2025-09-26T03:00:00.000Z' },
};
