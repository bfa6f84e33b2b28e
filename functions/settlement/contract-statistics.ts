import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { date, page } from '../../shared/http/schemas.ts';
import { linesPerDayFile } from './day-files/read-day-file.ts';
import { standardDayTemplateId } from './day-files/standard-template.ts';
import { problems } from './problems.ts';
import * as examples from './statistics/report-examples.ts';
import * as shapes from './statistics/statistics-shapes.ts';
import { templateId } from './templates/template-shapes.ts';

export const statisticsContract = {
  getMarketStatistics: {
    description:
      'By business day, from the totals that are written with each line: exact, and a moment behind the orders at most.',
    path: shapes.marketPath,
    query: shapes.statisticsQuery,
    response: shapes.marketStatisticsOut,
    problems: [problems['market-not-found']],
    example: examples.getMarketStatistics,
  },
  getMerchantStatistics: {
    description:
      'By the day on which it is paid out, future ones too. A merchant’s own token reads that merchant; any other is not found.',
    path: shapes.merchantPath,
    query: shapes.statisticsQuery,
    response: shapes.merchantStatisticsOut,
    problems: [problems['merchant-not-found']],
    example: examples.getMerchantStatistics,
  },
  getDayFile: {
    description:
      'What consumers paid and got back on the day, then what each merchant is paid out on it; what leaves the orders is below ' +
      'zero. In UTF-8; no cell is run as a formula. After some ' +
      `${linesPerDayFile.toLocaleString('en')} lines a part ends: while the header \`next-cursor\` is there, ask for the next with it ` +
      'and append it. The first part has the titles, the last the totals.',
    path: shapes.marketPath,
    query: z.strictObject({
      date,
      template: templateId.default(standardDayTemplateId),
      cursor: page.shape.cursor,
    }),
    response: z.string(),
    responseType: 'text/csv; charset=utf-8',
    problems: [problems['market-not-found'], problems['template-not-found']],
    example: examples.getDayFile,
  },
} satisfies Contract;
