import { defined } from '../../../shared/objects/defined.ts';
import { presentSettling } from '../settling/present-settling.ts';
import type { RowPage } from './page-rows.ts';
import { presentHindrance, presentResult } from './present-figures.ts';
import { presentRows } from './present-rows.ts';
import type { Report } from './read-report.ts';

/** A page of a report. Breaches are rows, all of them. */
export function presentReport({ cycle, result, hindrance, isTrial: dryRun }: Report, page: RowPage) {
  const { id, centreId, state, cutOffDate, valueDate, settling, settledAt } = cycle;
  const why = hindrance?.why;
  const outcome: Outcome = why === 'LIMITS_BREACHED' || why === 'FX_RATE_MISSING' ? why : 'NETTED';
  return {
    ...{ cycleId: id, centreId, cycleState: state, cutOffDate, valueDate, dryRun, outcome },
    ...(settling && { settling: presentSettling(settling, cycle.result) }),
    ...defined({ settledAt }),
    ...(hindrance?.why === 'FX_RATE_MISSING' && { missing: presentHindrance(hindrance).missing }),
    ...(result && { figures: presentResult(result) }),
    ...presentRows(page, result?.figures.home),
  };
}

type Outcome = 'NETTED' | 'LIMITS_BREACHED' | 'FX_RATE_MISSING';
