import type { DayLine } from './day-line.ts';

/** What kind of value a field has, which decides how it is written. NET is the amount less the fee. */
type FieldForm = 'TEXT' | 'AMOUNT' | 'DATE' | 'TIME' | 'KIND';

interface DayField {
  readonly form: FieldForm;
  /** What the column is called where the template gives no title. */
  readonly title: string;
}

/** The fields that a column of the daily file may show, by name. */
export const dayFields = {
  kind: { form: 'KIND', title: '类型' },
  date: { form: 'DATE', title: '业务日期' },
  at: { form: 'TIME', title: '发生时间' },
  orderNo: { form: 'TEXT', title: '订单号' },
  subOrderNo: { form: 'TEXT', title: '子订单号' },
  merchantId: { form: 'TEXT', title: '商家编号' },
  merchantName: { form: 'TEXT', title: '商家名称' },
  channelId: { form: 'TEXT', title: '支付渠道' },
  transactionId: { form: 'TEXT', title: '渠道流水号' },
  refundNo: { form: 'TEXT', title: '退款单号' },
  splitNo: { form: 'TEXT', title: '分账单号' },
  couponId: { form: 'TEXT', title: '消费券编号' },
  ruleVersion: { form: 'TEXT', title: '规则版本' },
  dueDate: { form: 'DATE', title: '清算日期' },
  currency: { form: 'TEXT', title: '币种' },
  amount: { form: 'AMOUNT', title: '金额' },
  fee: { form: 'AMOUNT', title: '手续费' },
  net: { form: 'AMOUNT', title: '净额' },
  description: { form: 'TEXT', title: '摘要' },
} as const satisfies Record<string, DayField>;

export type DayFieldName = keyof typeof dayFields;
export type AmountField = {
  [Name in DayFieldName]: (typeof dayFields)[Name]['form'] extends 'AMOUNT' ? Name : never;
}[DayFieldName];

export function isAmountField(name: DayFieldName): name is AmountField {
  return dayFields[name].form === 'AMOUNT';
}

/** Minor units. */
export function amountOf({ amount, fee }: DayLine, field: AmountField): bigint {
  return field === 'net' ? amount - fee : field === 'fee' ? fee : amount;
}
