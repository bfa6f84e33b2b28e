import { defined } from '../../../shared/objects/defined.ts';
import { presentClosing, presentResult } from '../report/present-figures.ts';
import type { Cycle } from './cycle.ts';

export function presentCycle(cycle: Cycle) {
  const { id, centreId, cutOffDate, state, cutOffAt, confirmUntil, valueDate, openedAt, cutAt, shutAt, closedAt } =
    cycle;
  const { closing, result } = cycle;
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
      ...defined({ cutAt, shutAt, closedAt }),
    },
    ...(closing && { closing: presentClosing(closing, result) }),
    ...(result && { figures: presentResult(result) }),
    version: cycle.revision,
    changedAt: cycle.changedAt,
  };
}
