import { defined } from '../../../shared/objects/defined.ts';
import type { Cycle } from './cycle.ts';

export function presentCycle(cycle: Cycle) {
  const { id, centreId, cutOffDate, state, cutOffAt, confirmUntil, valueDate, openedAt, cutAt } = cycle;
  return {
    ...{ id, centreId, cutOffDate, state, cutOffAt, confirmUntil, valueDate, openedAt, ...defined({ cutAt }) },
    version: cycle.revision,
    changedAt: cycle.changedAt,
  };
}
