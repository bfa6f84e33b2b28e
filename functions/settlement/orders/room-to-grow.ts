import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { problems } from '../problems.ts';
import type { Order } from './order.ts';
import { orderToPlain } from './order-items.ts';

/**
 * Bytes of an order after a split or refund that is asked for, at most: an item has 400 KB, and payments, the shares of its plan and
 * what becomes of its refunds must always find room.
 */
export const grownBytesMax = 320 * 1024;

/** With a dispute: an order that has grown as far as that can be disputed still, and holds what is not settled. */
export const disputedBytesMax = 360 * 1024;

/**
 * The order as it is now; asked again nothing of it has changed, and it may be as it is. Problem: `settlement/too-many-entries` where it
 * has grown beyond what may be asked for.
 */
export function requireRoomToGrow(before: Order, order: Order, maximum = grownBytesMax): Order {
  if (order === before) return order;
  const bytes = itemBytes(toItem(orderToPlain(order)));
  if (bytes <= maximum) return order;
  const detail = `With it the order takes ${bytes} bytes of ${maximum}; name fewer receivers, or refund or dispute it less often.`;
  throw problems['too-many-entries'].with({ detail, maximum });
}
