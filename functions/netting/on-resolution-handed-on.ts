import { consumerHandler } from '../../shared/events/consume.ts';
import { takeTurn } from './resolutions/take-turn.ts';
import { settlingTools } from './tools.ts';

/** Carries on resolutions of queues. */
export const handler = consumerHandler(({ tenant, subject }, now) =>
  takeTurn(settlingTools(), { tenant, resolutionId: subject }, now),
);
