import type { ColumnNames } from '../../../shared/formats/csv/columns.ts';

/** Names of columns, beside that of the field itself. */
const aliases = {
  agreementNumber: ['协议号', '协议编号'],
  mandateId: [],
  amount: ['金额'],
  currency: ['币种'],
  description: ['摘要', '用途', '备注'],
  dueDate: ['日期', '扣款日期'],
  payerName: ['付款人', '付款人名称', '户名', '付款人户名'],
  splitAboveLimit: ['超限拆分'],
} as const;

export type LineField = keyof typeof aliases;

export const columnNames: ColumnNames<LineField> = {
  aliases,
  needed: [['agreementNumber', 'mandateId'], ['amount']],
};
