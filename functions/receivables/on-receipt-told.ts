import { consumerHandler } from '../../shared/events/consume.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import * as collection from '../collection/published.ts';
import { takeCollection } from './receipts/take-collection.ts';
import { takeCredit } from './receipts/take-credit.ts';
import { takeReturnedCredit } from './returned/take-returned-credit.ts';
import { receivablesTools } from './tools.ts';

const takers = new Map([
  ['statements.receipt-recorded.v1', takeCredit],
  ['statements.credit-reversed.v1', takeReturnedCredit],
]);

/** Keeps the money that statements and collections tell of as receipts, and what banks took back of it. */
export const handler = consumerHandler((event, now) => takeTold(event, now));

function takeTold(event: DomainEvent, now: Date): Promise<void> {
  const take = takers.get(event.type) ?? takeCollection;
  return take({ ...receivablesTools(), collection }, event, now);
}
