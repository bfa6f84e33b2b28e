import { batchConsumerHandler } from '../../shared/events/consume.ts';
import { accountsOfOrder } from '../collection/published.ts';
import { defaultStore } from './store.ts';
import { takeEvents } from './told/take-events.ts';

/** Takes obligations that events of other capabilities tell of: invoices, loans that fall due, payouts that did not go, collections. */
export const handler = batchConsumerHandler((events, now) =>
  takeEvents({ store: defaultStore(), accountsOfOrder }, events, now),
);
