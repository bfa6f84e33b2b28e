import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './invoices/invoice-examples.ts';
import * as shapes from './invoices/invoice-shapes.ts';
import { invoiceIn } from './invoices/line-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ invoiceId: id('inv') });
const acting = { path, response: shapes.wholeInvoiceOut };
const found = [problems['invoice-not-found'], general['conflict-retry']];
const reducing = [...found, problems['invoice-state'], problems['above-open'], problems['reduction-refused']];

export const invoiceContract = {
  createInvoice: {
    description:
      'An invoice never changes; credit notes correct it. Sent again under another key, the same number with the same ' +
      'content answers the invoice that is there.',
    body: invoiceIn,
    response: shapes.wholeInvoiceOut,
    problems: [
      problems['customer-not-found'],
      problems['book-not-found'],
      problems['invoice-number-taken'],
      general['conflict-retry'],
    ],
    example: examples.createInvoice,
  },
  createInvoiceBatch: {
    description:
      'Each line is looked at by itself: what is wrong with it is told with its field and harms no other. A batch that is ' +
      'sent again, be it because it broke off, comes to the same.',
    body: shapes.batchIn,
    response: shapes.batchOut,
    problems: [problems['lines-refused']],
    example: examples.createInvoiceBatch,
  },
  createInvoiceBatchFromFile: {
    description:
      'The body is a CSV file: a header, then a line for each invoice. Columns, by these names or in Chinese: `number` ' +
      '发票号, `customerNumber` 客户号 or `customerId`, `amount` 金额, `issuedOn` 开票日, `dueOn` 到期日 or `terms` 条件, and as ' +
      'you like `legalEntity` 公司, `currency` 币种, `description` 摘要, 合同号, 订单号, `ref:<key>`. UTF-8, with or without a ' +
      'BOM, or GBK, in one of them; commas, semicolons or tabs. Lines count as an editor shows them.',
    query: shapes.fileQuery,
    response: shapes.batchOut,
    problems: [problems['lines-refused'], problems['file-refused']],
    example: examples.createInvoiceBatchFromFile,
  },
  listInvoices: {
    description:
      'Of a customer by the day of issue, with `open` by due day; or the one with a number. A page may hold fewer than ' +
      '`limit` and still have a next one.',
    query: shapes.listQuery,
    response: z.object({ invoices: z.array(shapes.invoiceOut), nextCursor: z.string().optional() }),
    example: examples.listInvoices,
  },
  getInvoice: { ...acting, problems: [problems['invoice-not-found']], example: examples.getInvoice },
  disputeInvoice: {
    ...acting,
    description: 'Until it is resolved the invoice is suggested, never cleared by itself.',
    body: shapes.disputeIn,
    problems: [...found, problems['invoice-state']],
    example: examples.disputeInvoice,
  },
  resolveInvoiceDispute: {
    ...acting,
    description: 'Asked twice, it changes nothing the second time.',
    problems: found,
    example: examples.resolveInvoiceDispute,
  },
  creditInvoice: {
    ...acting,
    description: 'The same number with the same content answers what stands.',
    body: shapes.creditNoteIn,
    problems: [...reducing, problems['credit-note-number-taken']],
    example: examples.creditInvoice,
  },
  writeOffInvoice: {
    ...acting,
    description: 'Money is given up for good: only an approver may.',
    body: shapes.writeOffIn,
    problems: reducing,
    example: examples.writeOffInvoice,
  },
} satisfies Contract;
