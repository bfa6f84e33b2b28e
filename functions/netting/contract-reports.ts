import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { cycleId } from './cycles/cycle-shapes.ts';
import { problems } from './problems.ts';
import { csvRowsMax } from './report/report-csv.ts';
import * as examples from './report/report-examples.ts';
import { reportCsvQuery, reportOut, reportQuery } from './report/report-shapes.ts';

const path = z.strictObject({ cycleId });
const refused = [problems['cycle-not-found'], problems['report-not-ready'], problems['dry-run-too-large']];

export const reportContract = {
  getNettingReport: {
    description:
      'Its figures, and its rows by pages: positions, then pairs, what is paid, legs, what is carried, what is moved, and breaches. ' +
      'Each page of a dry run is worked out anew; `digest` tells whether two are of the same.',
    path,
    query: reportQuery,
    response: reportOut,
    problems: refused,
    example: examples.getNettingReport,
  },
  getNettingReportCsv: {
    description:
      `Rows of one kind as a CSV file in UTF-8 with a byte order mark, ${csvRowsMax.toLocaleString('en')} at most. Where there are ` +
      'more, the header X-Next-Cursor has the `cursor` of the next file. No cell is run as a formula.',
    path,
    query: reportCsvQuery,
    response: z.string(),
    responseType: 'text/csv; charset=utf-8',
    problems: refused,
    example: examples.getNettingReportCsv,
  },
} satisfies Contract;
