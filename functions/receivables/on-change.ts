import { relayHandler } from '../../shared/events/relay.ts';
import { toEvents } from './events.ts';
import { service } from './service.ts';

export { toEvents };

/**
 * Tells the bus what changed: books and rules, customers and virtual accounts, invoices and what made them smaller,
 * receipts, their matches and refunds.
 */
export const handler = relayHandler({ service: service.name, toEvents });
