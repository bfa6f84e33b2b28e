import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import { problems } from './problems.ts';
import * as examples from './runs/run-examples.ts';
import { itemsPerRunMax } from './runs/run-items-max.ts';
import * as shapes from './runs/run-shapes.ts';

const path = z.strictObject({ runId: id('run') });
const found = [problems['run-not-found']];

export const runContract = {
  startReconciliationRun: {
    description:
      'Decides all open receipts against all open invoices at once, and books what is sure enough, in the background. Receipts ' +
      'are matched within seconds anyway; a run looks at those again that wait. One is started each night. Two at once ' +
      `match each receipt once. A run takes ${itemsPerRunMax.toLocaleString('en')} open receipts and as many open invoices at most. ` +
      'A dry run books nothing: it tries rules, on what is open or on past days. Then what was matched of their receipts is ' +
      'put back in memory; invoices, customers and disputes are those of today.',
    body: shapes.runIn,
    response: shapes.runOut,
    problems: [general['conflict-retry']],
    example: examples.startReconciliationRun,
  },
  listReconciliationRuns: { query: page, response: shapes.runsOut, example: examples.listReconciliationRuns },
  getReconciliationRun: { path, response: shapes.runOut, problems: found, example: examples.getReconciliationRun },
  listRunDecisions: {
    path,
    description: 'By receipt. There are none while it is deciding.',
    query: page,
    response: shapes.decisionsOut,
    problems: found,
    example: examples.listRunDecisions,
  },
  compareReconciliationRun: {
    path,
    description:
      'SAME: what the run would book is booked, or nothing is on either side. OTHER: both book, and not the same. ONLY_RUN: it ' +
      'would book what is not booked. NOT_RUN: it would not book what is. A page goes through some 2,000 receipts at most: it may ' +
      'show fewer differences than `limit`, or none, and have a `nextCursor`.',
    query: shapes.comparisonQuery,
    response: shapes.comparisonOut,
    problems: [...found, problems['run-not-comparable']],
    example: examples.compareReconciliationRun,
  },
} satisfies Contract;
