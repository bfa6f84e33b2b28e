/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const no = 'SO-2025-000001';
const path = { no };
const lines = [
  { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'RATIO' as const, basisPoints: 500 } },
  { sequence: 2, share: { kind: 'REMAINDER' as const } },
];
const terms = { base: 'PAID' as const, method: 'RATIO' as const, lines };
const subOrder = { no: '1', merchantId: 'mer_potter', amount: money('100.00') };
const request = {
  ...{ no, marketId: 'mkt_chengdu', amount: money('100.00'), subOrders: [subOrder] },
  split: { by: 'PARTICIPANTS' as const, ...terms },
};
const shownSubOrder = {
  ...{ ...subOrder, addOns: [], coupons: [] },
  split: { by: 'PARTICIPANTS' as const, ...terms, failureMode: 'ALL_OR_NOTHING' as const },
  ...{ settled: money('0.00'), fee: money('0.00'), refunded: money('0.00'), unsplit: money('0.00') },
  splits: [],
};
const nothing = {
  ...{ received: money('0.00'), shares: money('0.00'), fees: money('0.00'), refunded: money('0.00') },
  ...{ supervised: money('0.00'), summed: money('0.00'), beyond: money('0.00') },
};
const amounts = { amount: money('100.00'), merchantGives: money('0.00'), subsidies: money('0.00') };
const unpaid = {
  ...{ no, marketId: 'mkt_chengdu', state: 'UNPAID' as const, isDisputed: false },
  money: { ...amounts, toPay: money('100.00'), ...nothing },
  subOrders: [shownSubOrder],
  ...{ payments: [], slips: [], refunds: [], disputes: [] },
  history: [{ at: '2025-09-26T02:00:00.000Z', event: 'CREATED' }],
  references: {},
  createdAt: '2025-09-26T02:00:00.000Z',
  payBy: '2025-09-26T02:30:00.000Z',
  version: 1,
  changedAt: '2025-09-26T02:00:00.000Z',
};
const payment = {
  ...{ channelId: 'wechat', transactionId: '4200001', amount: money('100.00'), fee: money('0.60') },
  paidAt: '2025-09-26T02:05:00.000Z',
};
const due = { dueOn: '2025-09-28', takenBack: money('0.00') };
const legs = [
  {
    ...{ sequence: 1, receiver: 'mer_teahouse', amount: money('5.00'), fee: money('0.00'), base: money('100.00') },
    ...{ kind: 'RATIO' as const, explanation: '比例 5.00 % of 100.00', ...due },
  },
  {
    ...{ sequence: 2, receiver: 'mer_potter', amount: money('94.40'), fee: money('0.60'), base: money('100.00') },
    ...{ kind: 'REMAINDER' as const, explanation: '余额 remainder of 100.00 after 5.00, 手续费 fee 0.60', ...due },
  },
];
const paid = {
  ...unpaid,
  state: 'SPLIT' as const,
  money: {
    ...amounts,
    ...{ toPay: money('0.00'), received: money('100.00'), shares: money('99.40'), fees: money('0.60') },
    ...{ refunded: money('0.00'), supervised: money('0.00'), summed: money('0.00'), beyond: money('0.00') },
  },
  subOrders: [
    {
      ...shownSubOrder,
      ...{ settled: money('100.00'), fee: money('0.60') },
      splits: [{ no: 'PLAN', at: '2025-09-26T02:05:01.000Z', legs }],
    },
  ],
  payments: [{ ...payment, businessDate: '2025-09-26', isLate: false, isBeyond: false }],
  history: [
    ...unpaid.history,
    { at: '2025-09-26T02:05:00.000Z', event: 'PAID', about: '4200001' },
    { at: '2025-09-26T02:05:01.000Z', event: 'SPLIT', about: '1 PLAN' },
  ],
  version: 2,
  changedAt: '2025-09-26T02:05:01.000Z',
};
const manual = { ...unpaid, no: 'SO-2025-000002' };
const manualPath = { no: 'SO-2025-000002' };
const refund = { no: 'R-1', amount: money('50.00'), reason: '退货' };
const disputed = {
  ...paid,
  isDisputed: true,
  disputes: [{ openedAt: '2025-09-26T03:00:00.000Z', reason: '买家未收到货' }],
  version: 3,
};

export const createOrder = { body: request, response: unpaid };
export const createOrders = {
  body: {
    orders: [
      { ...request, no: 'SO-2025-000002', split: { by: 'MANUAL' as const } },
      { ...request, no: 'SO-2025-000003', amount: money('90.00') },
    ],
  },
  response: {
    ...{ accepted: 1, refused: 1 },
    lines: [
      { line: 0, no: 'SO-2025-000002', outcome: 'CREATED' as const },
      {
        ...{ line: 1, no: 'SO-2025-000003', outcome: 'REFUSED' as const },
        problem: {
          code: 'request/malformed',
          detail: 'The sub-orders are above the order’s amount by 10.00 CNY; send amounts that add up.',
          errors: [
            {
              pointer: '/orders/1/amount',
              detail: 'The sub-orders are above the order’s amount by 10.00 CNY; send amounts that add up.',
            },
          ],
        },
      },
    ],
  },
};
export const payOrder = { path, body: payment, response: { outcome: 'TAKEN' as const, order: paid } };
export const getOrder = { path, response: paid };
export const confirmOrder = { path, body: {}, response: paid };
export const confirmOrderPayment = { path: { no, transactionId: '4200001' }, response: paid };
export const refuseOrderPayment = {
  path: { no: 'SO-2025-000002', transactionId: '2025092600017' },
  query: { channelId: 'slips' },
  body: { reason: '金额与回单不符' },
  response: manual,
};
export const tellChannelCallback = {
  path: { tenant: 'demo', marketId: 'mkt_chengdu', channelId: 'wechat' },
  body: {
    ...{ tenant: 'demo', marketId: 'mkt_chengdu', channelId: 'wechat' },
    ...{ orderNo: no, transactionId: '4200001', amount: '100.00', currency: 'CNY', fee: '0.60' },
    ...{ paidAt: '2025-09-26T02:05:00.000Z', signature: '{signature}' },
  },
  response: { code: 'SUCCESS' as const, message: '成功' },
};
export const splitOrder = {
  path: manualPath,
  body: { no: 'S-1', subOrderNo: '1', receivers: [{ merchantId: 'mer_teahouse', amount: money('20.00') }] },
  response: manual,
};
export const unfreezeOrder = { path: manualPath, body: {}, response: manual };
export const cancelSubsidies = { path, response: paid };
export const refundOrder = { path, body: refund, response: paid };
export const tellRefundResult = {
  path: { no, refundNo: 'R-1' },
  body: { result: 'SUCCEEDED' as const },
  response: paid,
};
export const withdrawRefund = { path: { no, refundNo: 'R-2' }, body: { reason: '改为换货' }, response: paid };
export const disputeOrder = { path, body: { reason: '买家未收到货' }, response: disputed };
export const resolveOrderDispute = { path, response: paid };
