import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/** Tells the bus what changed: markets and their channels, merchants, split rules, orders and payments that go back. */
export const handler = relayHandler({ service: service.name, toEvents });
