import { type CursorScope, decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { reportContract } from './contract-reports.ts';
import { pageRows, type RowPlace } from './report/page-rows.ts';
import { presentReport } from './report/present-report.ts';
import { readReport, tryReport } from './report/read-report.ts';
import { reportCsv } from './report/report-csv.ts';
import type { Section } from './report/rows.ts';
import { closingTools } from './tools.ts';

type Handler<Name extends keyof typeof reportContract> = OperationHandler<(typeof reportContract)[Name]>;

const getNettingReport: Handler<'getNettingReport'> = async ({ actor: { tenant }, path: { cycleId }, query }) => {
  const { dryRun, section, limit: count, cursor } = query;
  const scope = { operation: 'getNettingReport', tenant, filters: defined({ cycleId, dryRun, section }) };
  const report = await reportOf({ tenant, cycleId }, dryRun);
  const { page, next } = await pageRows(report.rows, {
    from: placeOf(scope, cursor),
    count,
    ...(section !== undefined && { only: section }),
  });
  const nextCursor = next && encodeCursor(scope, positionOf(next));
  return { body: { ...presentReport(report, page), ...defined({ nextCursor }) } };
};

const getNettingReportCsv: Handler<'getNettingReportCsv'> = async ({ actor, path: { cycleId }, query }) => {
  const { tenant } = actor;
  const { dryRun, section, cursor } = query;
  const scope = { operation: 'getNettingReportCsv', tenant, filters: { cycleId, dryRun, section } };
  const report = await reportOf({ tenant, cycleId }, dryRun);
  const { text, next } = await reportCsv(report, section, placeOf(scope, cursor));
  const headers = {
    'content-disposition': `attachment; filename="${cycleId}-${section.toLowerCase()}.csv"`,
    ...(next && { 'x-next-cursor': encodeCursor(scope, positionOf(next)) }),
  };
  return { body: text, headers };
};

function reportOf(which: { readonly tenant: string; readonly cycleId: string }, dryRun: boolean) {
  return dryRun ? tryReport(closingTools(), which) : readReport(closingTools(), which);
}

const positionOf = ({ section, block, skip }: RowPlace) => ({ section, block: `${block}`, skip: `${skip}` });

function placeOf(scope: CursorScope, cursor: string | undefined): RowPlace | undefined {
  if (cursor === undefined) return undefined;
  const { section, block, skip } = decodeCursor(scope, cursor);
  return { section: section as Section, block: Number(block), skip: Number(skip) };
}

export const reportHandlers = { getNettingReport, getNettingReportCsv };
