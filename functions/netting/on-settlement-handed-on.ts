import { consumerHandler } from '../../shared/events/consume.ts';
import { carryOnSettling } from './settling/carry-on-settling.ts';
import { cycleTools } from './tools.ts';

/** Steps of a turn: some 1,500 legs each, a few minutes of the fifteen that a function lives. */
const stepsPerTurnMax = 20;

/** Carries the settlement of cycles on. */
export const handler = consumerHandler(({ tenant, subject: cycleId }, now) =>
  carryOnSettling(cycleTools(), { tenant, cycleId, stepsMax: stepsPerTurnMax }, now),
);
