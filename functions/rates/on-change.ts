import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/** Tells the bus what the rates' table changed. */
export const handler = relayHandler({ service: service.name, toEvents });
