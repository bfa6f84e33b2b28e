import { consumerHandler } from '../../shared/events/consume.ts';
import { takeTurn } from './runs/take-turn.ts';
import { defaultStore } from './store.ts';

/** Carries on reconciliation runs, off the stream in which bookings and new receipts would wait for them. */
export const handler = consumerHandler(({ tenant, subject }, now) => takeTurn(defaultStore(), tenant, subject, now));
