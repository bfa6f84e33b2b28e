/** Requests and answers shown in the reference: the order of the other examples, on the day on which it is paid. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const market = {
  orders: 1,
  ...{ gross: money('100.00'), fees: money('0.60'), coupons: money('0.00'), refunds: money('0.00') },
  net: money('99.40'),
};
const merchant = {
  orders: 1,
  ...{ gross: money('95.00'), fees: money('0.60'), coupons: money('0.00'), refunds: money('0.00') },
  ...{ adjustments: money('0.00'), net: money('94.40') },
};
const query = { from: '2025-09-26', to: '2025-09-30' };

export const getMarketStatistics = {
  path: { marketId: 'mkt_chengdu' },
  query,
  response: {
    ...{ marketId: 'mkt_chengdu', currency: 'CNY', ...query },
    ...{ total: market, days: [{ date: '2025-09-26', ...market }] },
  },
};
export const getMerchantStatistics = {
  path: { merchantId: 'mer_potter' },
  query,
  response: {
    ...{ merchantId: 'mer_potter', marketId: 'mkt_chengdu', currency: 'CNY', ...query },
    ...{ total: merchant, days: [{ date: '2025-09-28', ...merchant }] },
  },
};
export const getDayFile = {
  path: { marketId: 'mkt_chengdu' },
  query: { date: '2025-09-26', template: 'own-day' },
  response: '\ufeff订单号,类型,交易金额,手续费\r\nSO-2025-000001,支付,100.00,0.60\r\n合计,,100.00,0.60\r\n',
};
