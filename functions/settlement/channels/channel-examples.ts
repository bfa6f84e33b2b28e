/** Requests and answers shown in the reference. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const terms = {
  kind: 'WECHAT_PAY' as const,
  payMethods: ['WECHAT_MINI_PROGRAM' as const, 'AGGREGATE_QR' as const],
};
const version = {
  effectiveFrom: '2025-01-01',
  fee: { basisPoints: 60, fixed: money('0.00'), maximum: money('80.00') },
  feeRefundable: true,
  ...{ refundDays: 365, splitDays: 30, clawBackDays: 180, splitCapBasisPoints: 3_000 },
  minimum: money('0.01'),
};
const channel = {
  ...{ id: 'wechat', marketId: 'mkt_chengdu', ...terms, currency: 'CNY', told: 'CALLBACK' as const },
  versions: [version],
  callbackKeys: [],
  accountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z31',
  version: 1,
  changedAt: '2025-09-26T02:00:00.000Z',
};
const path = { marketId: 'mkt_chengdu', channelId: 'wechat' };

export const putPayChannel = { path, body: { ...terms, versions: [version] }, response: channel };
export const getPayChannel = { path, response: channel };
export const listPayChannels = {
  path: { marketId: 'mkt_chengdu' },
  response: {
    channels: [channel],
    offered: [
      {
        ...{ id: 'OFFLINE', kind: 'OFFLINE' as const, currency: 'CNY', payMethods: ['OFFLINE' as const] },
        told: 'SLIP' as const,
        versions: [
          {
            effectiveFrom: '2018-01-01',
            fee: { basisPoints: 0, fixed: money('0.00') },
            feeRefundable: false,
            minimum: money('0.01'),
          },
        ],
      },
    ],
  },
};
