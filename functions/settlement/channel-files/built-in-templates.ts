import type { ChannelTemplate } from './channel-template.ts';

const chinaTime = { pattern: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' };

/**
 * The trade bill (交易账单, type ALL) of WeChat Pay: UTF-8, a backtick before each field of a row, quotes mean nothing, and at the end
 * a row of titles and a row of totals. A refund has a row of its own with the day it was accepted, a negative fee, and its amount in
 * another column; a payment that was revoked is one. Amounts are those settled (应结): coupons that the merchant funds are not in them.
 * Fees have five decimals of which two are used.
 */
const wechatPay: ChannelTemplate = {
  id: 'wechat-pay',
  name: 'WeChat Pay trade bill (微信支付交易账单)',
  encoding: 'utf-8',
  layout: { kind: 'DELIMITED', delimiter: ',', quotes: false },
  mark: '`',
  header: true,
  skip: { first: 0, last: 0, beginning: [] },
  columns: {
    transactionId: '微信订单号',
    orderNo: '商户订单号',
    refundNo: '商户退款单号',
    amount: '应结订单金额',
    fee: '手续费',
    currency: '货币种类',
    at: '交易时间',
    status: '交易状态',
  },
  refundColumns: { amount: '退款金额' },
  blanks: ['0'],
  values: { payment: ['SUCCESS'], refund: ['REFUND', 'REVOKED'], skipped: [] },
  amounts: { unit: 'MAJOR', thousands: false, refunds: 'POSITIVE', fees: 'POSITIVE' },
  currency: 'CNY',
  dates: chinaTime,
  totals: {
    kind: 'TITLED',
    title: '总交易单数',
    figures: { count: '总交易单数', paid: '应结订单总金额', refunded: '退款总金额', fees: '手续费总金额' },
  },
};

/**
 * The business details (业务明细) of Alipay: GBK, lines of remarks with # before and after, a tab after numbers. Refunds are negative
 * and have a row of their own; fees are negative where they are charged. The remarks at the end state counts and sums of what the
 * merchant got (商家实收).
 */
const alipay: ChannelTemplate = {
  id: 'alipay',
  name: 'Alipay business details (支付宝业务明细)',
  encoding: 'gb18030',
  layout: { kind: 'DELIMITED', delimiter: ',', quotes: true },
  header: true,
  skip: { first: 0, last: 0, beginning: ['#'] },
  columns: {
    transactionId: '支付宝交易号',
    orderNo: '商户订单号',
    refundNo: '退款批次号/请求号',
    amount: '商家实收（元）',
    fee: '服务费（元）',
    at: '完成时间',
    status: '业务类型',
  },
  values: { payment: ['交易'], refund: ['退款'], skipped: [] },
  amounts: { unit: 'MAJOR', thousands: false, refunds: 'NEGATIVE', fees: 'NEGATIVE' },
  currency: 'CNY',
  dates: chinaTime,
  totals: {
    kind: 'TEXT',
    figures: [
      { figure: 'payments', line: '#交易合计', after: '：', before: '笔' },
      { figure: 'paid', line: '#交易合计', after: '商家实收共', before: '元' },
      { figure: 'refunds', line: '#退款合计', after: '：', before: '笔' },
      { figure: 'refunded', line: '#退款合计', after: '商家实收退款共', before: '元' },
    ],
  },
};

/** Bytes of the first 27 fields of a merchant's details; the last is the reference of the payment that is given back. */
const unionPayWidths = [3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21];

/**
 * The merchant's details (ZM) of UnionPay's online gateway: fields of fixed width with a blank between them, no header and no totals,
 * amounts in fen with leading zeros, the fee with D (debited) or C (credited) before it, times without a year. The type of the
 * transaction (交易类型) decides: 01 purchase and 03 completion of a pre-authorisation are payments; 04 return, 31 and 33 their
 * revocations are refunds; 02 and 32, the pre-authorisation itself, move no money. A refund is an order of its own number.
 */
const unionPay: ChannelTemplate = {
  id: 'unionpay',
  name: 'UnionPay merchant details (银联商户对账 ZM)',
  encoding: 'gb18030',
  layout: { kind: 'FIXED', widths: unionPayWidths, gap: 1 },
  header: false,
  skip: { first: 0, last: 0, beginning: [] },
  columns: { transactionId: 10, orderNo: 12, refundNo: 12, amount: 7, fee: 16, at: 5, status: 20 },
  refundColumns: { transactionId: 27, orderNo: null },
  values: { payment: ['01', '03'], refund: ['04', '31', '33'], skipped: ['02', '32'] },
  amounts: { unit: 'MINOR', thousands: false, refunds: 'POSITIVE', fees: { kept: 'D', givenBack: 'C' } },
  currency: 'CNY',
  dates: { pattern: 'MMddHHmmss', zone: 'Asia/Shanghai' },
};

/** Templates that every tenant has. They follow the public formats; where a contract has another layout, it is a template of one's own. */
export const builtInTemplates: readonly ChannelTemplate[] = [wechatPay, alipay, unionPay];
