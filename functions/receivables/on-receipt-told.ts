import { consumerHandler } from '../../shared/events/consume.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import * as collection from '../collection/published.ts';
import { takeCollection } from './receipts/take-collection.ts';
import { takeCredit } from './receipts/take-credit.ts';
import { receivablesTools } from './tools.ts';

/** Keeps the money that statements and collections tell of as receipts. */
export const handler = consumerHandler((event, now) => takeTold(event, now));

function takeTold(event: DomainEvent, now: Date): Promise<void> {
  const take = event.type.startsWith('statements.') ? takeCredit : takeCollection;
  return take({ ...receivablesTools(), collection }, event, now);
}
