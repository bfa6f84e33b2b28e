import { builtInTemplates } from '../channel-files/built-in-templates.ts';
import { standardDayTemplate, standardDayTemplateId } from '../day-files/standard-template.ts';
import { presentChannelTemplate, presentDayTemplate } from './present-template.ts';

/** Requests and answers shown in the reference. */
const marketId = 'mkt_chengdu';
const changedAt = '2025-09-26T02:00:00.000Z';

const bill = {
  name: 'Bill of our bank’s gateway',
  encoding: 'utf-8' as const,
  layout: { kind: 'DELIMITED' as const, delimiter: ',', quotes: true },
  header: true,
  skip: { first: 0, last: 0, beginning: ['#'] },
  columns: {
    transactionId: '流水号',
    orderNo: '订单号',
    refundNo: '退款号',
    amount: '金额',
    fee: '手续费',
    at: '时间',
  },
  amounts: {
    unit: 'MAJOR' as const,
    thousands: false,
    refunds: 'NEGATIVE' as const,
    fees: 'POSITIVE' as const,
  },
  currency: 'CNY',
  dates: { pattern: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' },
};
const ownBill = { ...bill, id: 'own-bill', builtIn: false, version: 1, changedAt };
const path = { marketId, templateId: ownBill.id };
const [wechat] = builtInTemplates.map((content) => presentChannelTemplate({ id: content.id, content }));

export const putChannelFileTemplate = { path, body: bill, response: ownBill };
export const getChannelFileTemplate = { path, response: ownBill };
export const listChannelFileTemplates = {
  path: { marketId },
  response: { templates: [...(wechat ? [wechat] : []), ownBill] },
};

const columns = [
  { field: 'orderNo' as const },
  { field: 'kind' as const },
  { field: 'amount' as const, title: '交易金额' },
  { field: 'fee' as const },
];
const dates = { day: 'yyyyMMdd', moment: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' };
const dayFile = {
  ...{ columns, delimiter: ',' as const, byteOrderMark: true, dates, amounts: 'MAJOR' as const },
  kinds: { PAYMENT: '支付', REFUND: '退款', SPLIT: '分账' },
  totals: '合计',
};
const ownDayFile = { ...dayFile, id: 'own-day', builtIn: false, version: 1, changedAt };
const dayPath = { marketId, templateId: ownDayFile.id };

export const putDayFileTemplate = { path: dayPath, body: dayFile, response: ownDayFile };
export const getDayFileTemplate = { path: dayPath, response: ownDayFile };
export const listDayFileTemplates = {
  path: { marketId },
  response: {
    templates: [presentDayTemplate({ id: standardDayTemplateId, content: standardDayTemplate }), ownDayFile],
  },
};
