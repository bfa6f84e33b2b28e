/** Requests and answers shown in the reference. */
const bank = { cnaps: '105100000017' };
const request = {
  id: 'mer_teahouse',
  marketId: 'mkt_chengdu',
  name: '锦里茶庄',
  kind: 'COMPANY' as const,
  payout: {
    to: 'BANK' as const,
    name: '成都锦里茶庄有限公司',
    account: { type: 'ACCOUNT' as const, number: '51001881236052505123', bank },
  },
  clawBackSince: '2025-09-01',
};
const shown = { ...request.payout, account: { type: 'ACCOUNT' as const, number: '****5123', bank } };
const merchant = {
  ...request,
  state: 'ACTIVE' as const,
  payout: shown,
  payableAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z21',
  subsidyAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z22',
  version: 1,
  changedAt: '2025-09-26T02:00:00.000Z',
};
const path = { merchantId: 'mer_teahouse' };

export const createMerchant = { body: request, response: merchant };
export const listMerchants = {
  query: { marketId: 'mkt_chengdu', limit: '10' },
  response: { merchants: [merchant] },
};
export const getMerchant = { path, response: merchant };
export const changeMerchant = {
  path,
  body: { state: 'SUSPENDED', expectedVersion: 1 },
  response: { ...merchant, state: 'SUSPENDED' as const, version: 2, changedAt: '2025-09-27T02:00:00.000Z' },
};
