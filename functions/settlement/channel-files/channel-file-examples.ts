/** Requests and answers shown in the reference. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const marketId = 'mkt_chengdu';
const id = 'cfl_01K61QZ3V4W5X6Y7Z8A9B0C1D2';
const at = '2025-09-27T02:00:00.000Z';

/** Of the channel that the other examples have: what was paid there on the day, and a payment that no order knows. */
export const billText = [
  '流水号,订单号,退款号,金额,手续费,时间',
  '4200001,SO-2025-000001,,100.00,0.60,2025-09-26 10:05:00',
  '4200999,SO-UNKNOWN,,20.00,0.12,2025-09-26 11:30:00',
  '',
].join('\n');

const target = { marketId, channelId: 'wechat', businessDate: '2025-09-26', part: 1, template: 'own-bill' };
const opened = {
  ...{ id, ...target, status: 'READING' as const, bytes: 161 },
  ...{ faulty: 0, faults: [], createdAt: at, changedAt: at },
};
const file = {
  ...{ ...opened, status: 'COMPLETED' as const },
  content: {
    ...{ payments: 2, refunds: 0, skipped: 0 },
    ...{ paid: money('120.00'), refunded: money('0.00'), fees: money('0.72') },
  },
  changedAt: '2025-09-27T02:00:01.000Z',
};

const path = { marketId };
export const importChannelFile = {
  path,
  query: { channelId: 'wechat', businessDate: '2025-09-26', template: 'own-bill' },
  body: billText,
  response: opened,
};
export const listChannelFiles = {
  path,
  query: { from: '2025-09-26', to: '2025-09-26' },
  response: { files: [file] },
};
export const getChannelFile = { path: { marketId, fileId: id }, response: file };
export const createChannelFileUpload = {
  path,
  body: {
    ...{ channelId: 'wechat', businessDate: '2025-09-26', template: 'wechat-pay', part: 2 },
    ...{ fileName: 'bill-20250926.csv', size: 90_000_000 },
  },
  response: {
    ...{ ...target, template: 'wechat-pay', part: 2, id: 'cfl_1B3D5F7H9K2M4P6R8T0V1X3Z5A' },
    ...{ status: 'WAITING' as const, fileName: 'bill-20250926.csv', bytes: 0, faulty: 0, faults: [] },
    uploadUrl: 'https://uploads.example.com/channel-files/demo/cfl_1B3D5F7H9K2M4P6R8T0V1X3Z5A?X-Amz-Signature=…',
    ...{ expiresAt: '2025-09-27T02:15:00.000Z', createdAt: at, changedAt: at },
  },
};
