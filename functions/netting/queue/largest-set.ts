import type { Party } from '../terms/parties.ts';
import { OverLimits } from './over-limits.ts';
import type { QueuedPayment } from './queued-payment.ts';
import type { Room } from './room.ts';

/** Payments of each payer, the first to be settled first. */
export type Queues = ReadonlyMap<Party, readonly QueuedPayment[]>;

/**
 * The most payments that can settle together: of each payer the first ones, so many that nobody who pays is below what it has or
 * may owe. Takes them in `room`.
 *
 * Bech and Soramäki (2001, Gridlock Resolution in Interbank Payment Systems): take all; while somebody is below, drop its last
 * payment. Where it owes one other more than it may, that is its last one to that other and what comes after. What is dropped
 * could stand in no smaller set either, as a smaller set brings its payer no more; so the result is the one largest set, whatever
 * the order of dropping, and every set that can settle is part of it.
 */
export function takeLargestSet(queues: Queues, room: Room): QueuedPayment[] {
  const taken = new Map([...queues].map(([payer, payments]) => [payer, [...payments]]));
  for (const payments of taken.values()) for (const payment of payments) room.take(payment);
  const limits = new OverLimits([...taken.values()].flat(), room);
  const toCheck = new Set(taken.keys());
  for (const payer of toCheck) {
    toCheck.delete(payer);
    const payments = taken.get(payer) ?? [];
    while (room.isBelow(payer) || limits.isOver(payer)) {
      const last = payments.pop();
      if (!last) break;
      room.takeBack(last);
      limits.dropped(last);
      toCheck.add(last.payee);
    }
  }
  return [...taken.values()].flat();
}
