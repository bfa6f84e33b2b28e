import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './matches/match-examples.ts';
import { wholeMatchOut } from './matches/match-shapes.ts';
import { problems } from './problems.ts';
import { proofOut, refusedOut, refusedQuery } from './proof/proof-shapes.ts';
import { assignIn, exceptionsQuery, receiptOut, waitingReceiptOut } from './receipts/receipt-shapes.ts';
import { itemsPerReportMax } from './reports/read-budget.ts';

const path = z.strictObject({ receiptId: id('rcp') });
const nextCursor = z.string().optional();
const acting = [problems['receipt-not-found'], problems['exception-not-found'], general['conflict-retry']];

export const matchContract = {
  getMatch: {
    description: 'With the rule, what speaks for it, the amounts, the score, and the explanations that lost.',
    path: z.strictObject({ matchId: id('mat') }),
    response: wholeMatchOut,
    problems: [problems['match-not-found']],
    example: examples.getMatch,
  },
  listExceptions: {
    description: 'Receipts that wait for somebody, the longest waiting first, each with its suggestions in order.',
    query: exceptionsQuery,
    response: z.object({ exceptions: z.array(waitingReceiptOut), nextCursor }),
    example: examples.listExceptions,
  },
  assignException: {
    description: 'Says who is to look at it, and notes something with it. What is left out stays.',
    path,
    body: assignIn,
    response: receiptOut,
    problems: [...acting, problems['version-conflict']],
    example: examples.assignException,
  },
  settleException: {
    description:
      'Says that it was looked at: that it was paid too little, or too much. Only where all money of the receipt has its place.',
    path,
    response: receiptOut,
    problems: [...acting, problems['exception-open']],
    example: examples.settleException,
  },
  proveReceivables: {
    description:
      'Folds all receipts, matches, refunds and open invoices and compares them with the ledger. What is not booked yet shows as ' +
      `a difference; when all is quiet, there is none. It reads ${itemsPerReportMax.toLocaleString('en')} receipts and open invoices at most.`,
    response: proofOut,
    problems: [problems['report-too-large']],
    example: examples.proveReceivables,
  },
  listRefusedBookings: {
    description:
      'What the ledger does not take, or did not answer, the longest waiting first. It is asked again each hour.',
    query: refusedQuery,
    response: z.object({ bookings: z.array(refusedOut), nextCursor }),
    example: examples.listRefusedBookings,
  },
} satisfies Contract;
