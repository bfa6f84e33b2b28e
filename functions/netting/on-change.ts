import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/** Tells the bus what changed: centres, cycles, obligations and queued payments. */
export const handler = relayHandler({ service: service.name, toEvents });
