import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/**
 * Tells the bus what changed: rails and their outages, mandates, bank channels, refused files, batches and their items,
 * large values, reports on payments.
 */
export const handler = relayHandler({ service: service.name, toEvents });
