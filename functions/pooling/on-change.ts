import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/** Tells the bus what changed: pools, runs, payments, interest runs and what delays them. */
export const handler = relayHandler({ service: service.name, toEvents });
