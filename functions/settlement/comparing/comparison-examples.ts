import { publicId } from './difference-id.ts';

/** Requests and answers shown in the reference: the day of the file that the examples of files of channels have. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const sums = (count: number, paid: string, fees: string) => ({
  ...{ count, paid: money(paid), refunded: money('0.00'), fees: money(fees) },
});
const none = sums(0, '0.00', '0.00');
const day = { marketId: 'mkt_chengdu', channelId: 'wechat', businessDate: '2025-09-26' };
const at = '2025-09-27T02:00:01.000Z';

const comparison = {
  ...{ ...day, state: 'COMPLETED' as const, comparedAt: at },
  total: { here: sums(1, '100.00', '0.60'), there: sums(2, '120.00', '0.72') },
  outcomes: [
    { outcome: 'MATCHED' as const, here: sums(1, '100.00', '0.60'), there: sums(1, '100.00', '0.60') },
    { outcome: 'MISSING_HERE' as const, here: none, there: sums(1, '20.00', '0.12') },
  ],
  ledger: { paid: money('100.00'), refunded: money('0.00'), fees: money('0.60') },
  ...{ differences: 1, changedAt: at },
};
const open = {
  ...{ id: publicId('MISSING_HERE#P#4200999'), class: 'MISSING_HERE' as const, state: 'OPEN' as const, stands: true },
  reference: '4200999',
  there: { date: '2025-09-26', kind: 'PAYMENT' as const, amount: money('20.00'), fee: money('0.12'), line: 3 },
};
const said = { by: 'operator', at: '2025-09-27T03:00:00.000Z' };
const path = { ...day, differenceId: open.id };

export const askForComparison = {
  path: { marketId: day.marketId },
  body: { channelId: day.channelId, businessDate: day.businessDate },
  response: { ...day, state: 'RUNNING' as const, outcomes: [], differences: 0, changedAt: at },
};
export const listComparisons = {
  path: { marketId: day.marketId },
  query: { from: '2025-09-26', to: '2025-09-26' },
  response: { comparisons: [comparison] },
};
export const getComparison = { path: day, response: comparison };
export const listDifferences = { path: day, query: { class: 'MISSING_HERE' }, response: { differences: [open] } };
export const explainDifference = {
  path,
  body: { note: '收款码旧牌, the shop is asked for its order' },
  response: { ...open, state: 'EXPLAINED' as const, note: '收款码旧牌, the shop is asked for its order', ...said },
};
export const resolveDifference = {
  path,
  body: { note: 'Refunded at the channel' },
  response: { ...open, state: 'RESOLVED' as const, note: 'Refunded at the channel', ...said },
};
