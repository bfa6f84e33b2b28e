import { consumerHandler } from '../../shared/events/consume.ts';
import { carryOnClosing } from './closing/carry-on-closing.ts';
import { closingTools } from './tools.ts';

/** Steps of a turn: some 200,000 obligations that move, a few minutes of the fifteen that a function lives. */
const stepsPerTurnMax = 200;

/** Carries the closing of cycles on. */
export const handler = consumerHandler(({ tenant, subject: cycleId }, now) =>
  carryOnClosing(closingTools(), { tenant, cycleId, stepsMax: stepsPerTurnMax }, now),
);
