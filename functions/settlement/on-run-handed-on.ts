import { consumerHandler } from '../../shared/events/consume.ts';
import { runTools } from './settlements/run-tools.ts';
import { takeTurn } from './settlements/take-turn.ts';

/** Carries on settlement runs, off the stream of the table: orders do not wait for them. */
export const handler = consumerHandler(({ tenant, subject }, now) => takeTurn(runTools(), tenant, subject, now));
