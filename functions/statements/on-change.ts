import { type ItemChange, relayHandler } from '../../shared/events/relay.ts';
import { accountIdsByNumbers } from '../ledger/published.ts';
import { service } from './service.ts';
import { defaultStore } from './store.ts';
import { eventsOf } from './tell-changes.ts';
import { hashNumber } from './tools.ts';

export const toEvents = (change: ItemChange) => eventsOf(change, defaultStore(), hashNumber, accountIdsByNumbers);

/** Tells what changed: statements that became visible or were assigned, and their receipts. */
export const handler = relayHandler({ service: service.name, toEvents });
