import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { figuresOfOrder, isNothing, isSameMoney } from '../journal/order-figures.ts';
import type { Order } from './order.ts';

/**
 * The next revision of an order. The first change of a day keeps where its money was at the end of the day of the one before it, so
 * that what the order came to on any day can be told for ever.
 */
export function nextOrder(before: Order, changed: Order, by: Pick<Order, 'changedAt' | 'cause'>): Order {
  const next = { ...changed, revision: before.revision + 1, changedAt: by.changedAt, cause: by.cause };
  const on = businessDateOf(new Date(before.changedAt));
  if (on >= businessDateOf(new Date(by.changedAt))) return next;
  const figures = figuresOfOrder(before);
  const { past = [] } = before;
  const last = past.at(-1);
  if (last ? isSameMoney(last, figures) : isNothing(figures)) return next;
  return { ...next, past: [...past, { on, ...figures }] };
}
