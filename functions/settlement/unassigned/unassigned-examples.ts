import { getOrder } from '../orders/order-examples.ts';

/** Requests and answers shown in the reference; the id in braces stands for that of a payment of the list. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const orderNo = 'SO-2025-000001_2';
const payment = {
  id: 'U08tMjAyNS0wMDAwMDFfMg.5f1c0d2a9b7e4c31',
  ...{ orderNo, channelId: 'wechat', transactionId: '4200009', amount: money('100.00') },
  paidAt: '2025-09-26T02:05:00.000Z',
  ...{ reason: 'settlement/order-not-found', detail: `There is no order ${orderNo}.` },
  content:
    '{"amount":"100.00","channelId":"wechat","currency":"CNY","paidAt":"2025-09-26T02:05:00.000Z","transactionId":"4200009"}',
  ...{ toldAt: '2025-09-26T02:06:00.000Z', toldBy: 'channel:wechat' },
  suggestions: [],
};
const done = { at: '2025-09-26T03:00:00.000Z', by: 'operator' };
const path = { marketId: 'mkt_chengdu', paymentId: '{paymentId}' };

export const listUnassignedPayments = {
  path: { marketId: 'mkt_chengdu' },
  query: { limit: '10' },
  response: {
    payments: [
      {
        ...payment,
        suggestions: [
          {
            ...{ orderNo: 'SO-2025-000001', state: 'UNPAID' as const, toPay: money('100.00') },
            because: ['SIMILAR_NUMBER' as const, 'AMOUNT_TO_PAY' as const],
          },
        ],
      },
    ],
  },
};
export const assignPayment = {
  path,
  body: { orderNo: 'SO-2025-000001' },
  response: {
    payment: { ...payment, handled: { as: 'ASSIGNED' as const, ...done, orderNo: 'SO-2025-000001' } },
    order: getOrder.response,
  },
};
export const sendBackPayment = {
  path,
  body: { reason: '重复付款' },
  response: { ...payment, handled: { as: 'SENT_BACK' as const, ...done, reason: '重复付款' } },
};
export const dismissPayment = {
  path,
  body: { reason: '同一笔交易的另一通知' },
  response: { ...payment, handled: { as: 'DISMISSED' as const, ...done, reason: '同一笔交易的另一通知' } },
};
