import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './batches/batch-examples.ts';
import * as shapes from './batches/batch-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ batchId: id('cb') });
const nextCursor = z.string().optional();
const batchProblems = [
  problems['bank-channel-missing'],
  problems['credit-account'],
  problems['batch-too-large'],
  general['conflict-retry'],
  problems['batch-number-taken'],
  problems['lines-refused'],
];

export const batchContract = {
  createCollectionBatch: {
    description:
      'Each line is looked at by itself. One that cannot be accepted is refused with its reasons and harms no other; ' +
      'GET …/refused-lines lists them. What is accepted is collected at once, or on its due date.',
    body: shapes.batchIn,
    response: shapes.batchHeadOut,
    problems: batchProblems,
    example: examples.createCollectionBatch,
  },
  createCollectionBatchFromFile: {
    description:
      'The body is a CSV file: a header, then a line for each collection. Columns, by these names or in Chinese: ' +
      '`agreementNumber` 协议号 or `mandateId`, `amount` 金额, and as you like `currency` 币种, `dueDate`, ' +
      '`description` 摘要 or 备注, `payerName` 户名, `splitAboveLimit`, `ref:<key>`. UTF-8, with or without a BOM, or GBK; ' +
      'commas, semicolons or tabs. Lines count as an editor shows them.',
    query: shapes.fileQuery,
    response: shapes.batchHeadOut,
    problems: [...batchProblems, problems['file-refused']],
    example: examples.createCollectionBatchFromFile,
  },
  listCollectionBatches: {
    query: shapes.batchesQuery,
    response: z.object({ batches: z.array(shapes.listedBatchOut), nextCursor }),
    example: examples.listCollectionBatches,
  },
  getCollectionBatch: {
    path,
    response: shapes.batchOut,
    problems: [problems['batch-not-found']],
    example: examples.getCollectionBatch,
  },
  listCollectionItems: {
    description:
      'In the order of the lines. A page with `state` may hold fewer than `limit` and still have a next one.',
    path,
    query: shapes.itemsQuery,
    response: z.object({ items: z.array(shapes.itemOut), nextCursor }),
    problems: [problems['batch-not-found']],
    example: examples.listCollectionItems,
  },
  listRefusedLines: {
    path,
    query: page,
    response: z.object({ lines: z.array(shapes.refusedOut), nextCursor }),
    problems: [problems['batch-not-found']],
    example: examples.listRefusedLines,
  },
  cancelCollectionBatch: {
    description: 'What is not on its way to a bank is cancelled; what a bank may have goes on.',
    path,
    response: shapes.batchOut,
    problems: [problems['batch-not-found'], general['conflict-retry']],
    example: examples.cancelCollectionBatch,
  },
} satisfies Contract;
