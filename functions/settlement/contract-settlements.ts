import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { merchantId } from './markets/market-shapes.ts';
import { problems } from './problems.ts';
import { csvLinesMax } from './settlements/lines-csv.ts';
import * as examples from './settlements/settlement-examples.ts';
import * as shapes from './settlements/settlement-shapes.ts';

const ofMerchant = z.strictObject({ merchantId });
const ofSettlement = z.strictObject({ settlementId: shapes.settlementId });
const own = 'A merchant’s own token sees that merchant; any other is not found.';

export const settlementContract = {
  startSettlementRun: {
    description:
      'Settles, in the background, all that is due on the day or was before, and is not settled yet: each ' +
      'merchant’s day is the sum of its lines, and its payout. A run of every market is started each day at 02:00 on the ' +
      'market’s clock. Started again, the run of the day that is under way is answered; after it has ended, a new one settles what ' +
      'came late. What its last day was waited for is split first.',
    body: shapes.runIn,
    response: shapes.runOut,
    problems: [
      problems['market-not-found'],
      problems['business-date-ahead'],
      problems['business-date-past'],
      general['conflict-retry'],
    ],
    example: examples.startSettlementRun,
  },
  getSettlementRun: {
    path: z.strictObject({ runId: shapes.runId }),
    response: shapes.runOut,
    problems: [problems['run-not-found']],
    example: examples.getSettlementRun,
  },
  listSettlements: {
    description: `By day. ${own}`,
    path: ofMerchant,
    query: shapes.settlementsQuery,
    response: shapes.settlementsOut,
    problems: [problems['merchant-not-found']],
    example: examples.listSettlements,
  },
  getUpcoming: {
    description:
      'From running totals: all that the next run pays, also of a day long ago for which something came late, and what is due behind ' +
      'it. Refunds, disputes and what is paid until then change it. What is held, failed or came back is with its ' +
      `settlement. ${own}`,
    path: ofMerchant,
    query: shapes.upcomingQuery,
    response: shapes.upcomingOut,
    problems: [problems['merchant-not-found']],
    example: examples.getUpcoming,
  },
  getSettlement: {
    description: own,
    path: ofSettlement,
    response: shapes.settlementOut,
    problems: [problems['settlement-not-found']],
    example: examples.getSettlement,
  },
  listSettlementLines: {
    description: `In the order in which they were written; they add up to the payout. ${own}`,
    path: ofSettlement,
    query: shapes.linesQuery,
    response: shapes.linesOut,
    problems: [problems['settlement-not-found']],
    example: examples.listSettlementLines,
  },
  getSettlementLinesCsv: {
    description:
      `The same as a CSV file in UTF-8 with a byte order mark, ${csvLinesMax.toLocaleString('en')} lines at most. Where there are ` +
      'more, the header X-Next-Cursor has the `cursor` of the next file. No cell is run as a formula.',
    path: ofSettlement,
    query: shapes.linesCsvQuery,
    response: z.string(),
    responseType: 'text/csv; charset=utf-8',
    problems: [problems['settlement-not-found']],
    example: examples.getSettlementLinesCsv,
  },
  retrySettlement: {
    description:
      'In the background, under a number of its own, to the account as it is now; the settlement keeps all its payouts. It goes by itself within the ' +
      'hour where the merchant’s account was changed, or a suspended merchant is active again. One whose lines did not add up is ' +
      'proved anew: 409 while they do not, else it is settled. A bill that waits is asked for again.',
    path: ofSettlement,
    response: shapes.settlementOut,
    problems: [problems['settlement-not-found'], problems['nothing-to-retry'], general['conflict-retry']],
    example: examples.retrySettlement,
  },
} satisfies Contract;
