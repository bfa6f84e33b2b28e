import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/** Tells the bus what changed: centres, cycles and obligations. */
export const handler = relayHandler({ service: service.name, toEvents });
