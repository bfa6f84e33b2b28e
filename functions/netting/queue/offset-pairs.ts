import type { Party } from '../terms/parties.ts';
import { type Queues, takeLargestSet } from './largest-set.ts';
import type { QueuedPayment } from './queued-payment.ts';
import type { Room } from './room.ts';

export interface Offset {
  /** Payments between two parties that settle together, in the order in which they have to be settled. */
  readonly sets: readonly (readonly QueuedPayment[])[];
  /** What is left of each queue. */
  readonly left: Queues;
}

/**
 * Settles what two parties can settle between them: the payments to each other that stand first in their queues, the most of them
 * that can go together, also one alone; then looks at both again, for others may stand first now and there may be more money.
 * Takes them in `room`. What is settled here is part of what settles at once, so that it costs the rest nothing.
 */
export function offsetPairs(queues: Queues, room: Room): Offset {
  const heads = new Map<Party, number>();
  const sets: QueuedPayment[][] = [];
  const toCheck = new Set(queues.keys());
  for (const party of toCheck) {
    toCheck.delete(party);
    const other = queues.get(party)?.[heads.get(party) ?? 0]?.payee;
    if (other === undefined) continue;
    const between = new Map([
      [party, leadingRun(queues.get(party) ?? [], heads.get(party) ?? 0, other)],
      [other, leadingRun(queues.get(other) ?? [], heads.get(other) ?? 0, party)],
    ]);
    const settled = takeLargestSet(between, room);
    if (settled.length === 0) continue;
    sets.push(settled);
    for (const { payer } of settled) heads.set(payer, (heads.get(payer) ?? 0) + 1);
    toCheck.add(party).add(other);
  }
  return {
    sets,
    left: new Map([...queues].map(([payer, payments]) => [payer, payments.slice(heads.get(payer) ?? 0)])),
  };
}

/** The payments from a place on that are to one party, up to the first to another. */
function leadingRun(payments: readonly QueuedPayment[], from: number, payee: Party): QueuedPayment[] {
  const run: QueuedPayment[] = [];
  for (let at = from; payments[at]?.payee === payee; at += 1) run.push(payments[at] as QueuedPayment);
  return run;
}
