import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { problems } from '../problems.ts';
import { nextOrder } from './next-order.ts';
import type { Order, OrderRefund, RefundState } from './order.ts';
import { orderToPlain } from './order-items.ts';

/**
 * Bytes that an order may come to after a split or refund that is asked for, at most: an item has 400 KB, and payments and the shares
 * of its plan must always find room. What becomes of its refunds is counted in; see fullyGrown.
 */
export const grownBytesMax = 320 * 1024;

/** With a dispute: an order that has grown as far as that can be disputed still, and holds what is not settled. */
export const disputedBytesMax = 360 * 1024;

/** Of the maximum: an order below can never come to it, since what it came to on earlier days does not even double its size. */
const smallPart = 3;

/**
 * The order as it is now; asked again nothing of it has changed, and it may be as it is. Problem: `settlement/too-many-entries` where it
 * would grow beyond what may be asked for.
 */
export function requireRoomToGrow(before: Order, order: Order, maximum = grownBytesMax): Order {
  if (order === before || bytesOf(order) * smallPart <= maximum) return order;
  const bytes = bytesOf(fullyGrown(before, order));
  if (bytes <= maximum) return order;
  const detail = `With it the order may come to ${bytes} bytes of ${maximum}; name fewer receivers, or refund or dispute it less often.`;
  throw problems['too-many-entries'].with({ detail, maximum });
}

function bytesOf(order: Order): number {
  return itemBytes(toItem(orderToPlain(order)));
}

const notFunded: ReadonlySet<RefundState> = new Set(['ACCEPTED', 'PENDING_FUNDS']);
const ended: ReadonlySet<RefundState> = new Set(['SUCCEEDED', 'FAILED', 'WITHDRAWN']);

/**
 * An order when each of its refunds that is under way has failed, all on days of their own, and something else is changed
 * afterwards: it keeps what it came to on each of them.
 */
function fullyGrown(before: Order, order: Order): Order {
  let on = businessDateOf(new Date(before.changedAt));
  const by = () => {
    on = addDays(on, 1);
    return { changedAt: `${on}T04:00:00.000Z`, cause: order.cause };
  };
  let grown = nextOrder(before, order, by());
  const move = (no: string, more: Partial<OrderRefund>) => {
    const refunds = grown.refunds.map((one) => (one.no === no ? { ...one, ...more } : one));
    grown = nextOrder(grown, { ...grown, refunds }, by());
  };
  for (const { no, state } of order.refunds) {
    if (state === 'ACCEPTED') move(no, { state: 'PENDING_FUNDS', pendingOn: on });
    if (notFunded.has(state)) move(no, { state: 'FUNDED', fundedOn: on });
    if (!ended.has(state)) move(no, { state: 'FAILED' });
  }
  return nextOrder(grown, grown, by());
}
