import { defined } from '../../../shared/objects/defined.ts';
import { presentClosing, presentResult } from '../report/present-figures.ts';
import { presentSettling } from '../settling/present-settling.ts';
import type { Cycle } from './cycle.ts';

export function presentCycle(cycle: Cycle) {
  const { id, centreId, cutOffDate, state, cutOffAt, confirmUntil, valueDate, openedAt, cutAt, shutAt, closedAt } =
    cycle;
  const { closing, result, settling, settledAt } = cycle;
  return {
    ...{
      id,
      centreId,
      cutOffDate,
      state,
      cutOffAt,
      confirmUntil,
      valueDate,
      openedAt,
      ...defined({ cutAt, shutAt, closedAt, settledAt }),
    },
    ...(closing && { closing: presentClosing(closing, result) }),
    ...(settling && { settling: presentSettling(settling, result) }),
    ...(result && { figures: presentResult(result) }),
    version: cycle.revision,
    changedAt: cycle.changedAt,
  };
}
