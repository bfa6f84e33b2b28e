import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { problems } from './problems.ts';
import { itemsPerReportMax } from './reports/read-budget.ts';
import * as examples from './reports/report-examples.ts';
import * as shapes from './reports/report-shapes.ts';
import { csvLinesMax } from './reports/statement-csv.ts';

const path = z.strictObject({ customerId: id('cus') });
const bound = `A report reads ${itemsPerReportMax.toLocaleString('en')} invoices, receipts and matches at most.`;
const tooLarge = problems['report-too-large'];

export const reportContract = {
  getAgeing: {
    description:
      'By days past due: on the 30th an invoice is in the first bucket, on the 31st in the second. From today on it is what is ' +
      'open, and sums to the ledger when all is quiet. Of an earlier day it is what had been issued, and neither credited, ' +
      `written off nor matched by then, with money that had been paid by then. ${bound} An earlier day reads all that happened up to it.`,
    query: shapes.ageingQuery,
    response: shapes.ageingOut,
    problems: [tooLarge],
    example: examples.getAgeing,
  },
  getDso: {
    description: `What is owed at the end of a period against what was sold on credit in it. ${bound}`,
    query: shapes.dsoQuery,
    response: shapes.dsoOut,
    problems: [tooLarge],
    example: examples.getDso,
  },
  getExpectedReceipts: {
    description:
      'What was planned (计划) for each day or week against what came (实际), by matches as they stand now; and what is still ' +
      `to come. Periods without anything are left out. ${bound}`,
    query: shapes.expectedQuery,
    response: shapes.expectedOut,
    problems: [tooLarge],
    example: examples.getExpectedReceipts,
  },
  getCustomerStatement: {
    path,
    description:
      'Statement of account (对账单): invoices, credit notes, write-offs, payments with discount and charge, payments undone and ' +
      'refunds, each on its day, with opening and closing balance. Money counts from the day on which it was matched. ' +
      `${bound} It reads all of the customer up to its last day.`,
    query: shapes.statementQuery,
    response: shapes.statementOut,
    problems: [problems['customer-not-found'], tooLarge],
    example: examples.getCustomerStatement,
  },
  getCustomerStatementCsv: {
    path,
    description:
      'The same as a CSV file in UTF-8 with a byte order mark. No cell is run as a formula. ' +
      `It has ${csvLinesMax.toLocaleString('en')} lines at most.`,
    query: shapes.statementCsvQuery,
    response: z.string(),
    responseType: 'text/csv; charset=utf-8',
    problems: [problems['customer-not-found'], tooLarge],
    example: examples.getCustomerStatementCsv,
  },
} satisfies Contract;
