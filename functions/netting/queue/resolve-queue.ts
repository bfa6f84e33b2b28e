import { type Queues, takeLargestSet } from './largest-set.ts';
import { offsetPairs } from './offset-pairs.ts';
import type {
  QueuedPayment,
  QueueState,
  Resolution,
  SettledSet,
  WaitingPayment,
  WaitingReason,
} from './queued-payment.ts';
import { Room } from './room.ts';

/**
 * What of a queue can settle now, and why the rest waits. Pairs are offset first, each in a set of its own; then all that settles
 * only together is one set. Together they are the largest set there is: of each payer its first payments, so many that no payer
 * falls below what it has or may owe when all are settled. Nobody's balance is below it after any set, taken in their order.
 * Ids are unique, and no payment is to its own payer.
 */
export function resolveQueue(state: QueueState): Resolution {
  const room = new Room(state);
  const places = new Map(state.payments.map((payment, place) => [payment, place]));
  const inOrder = (payments: readonly QueuedPayment[]) =>
    [...payments].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  const { sets: pairs, left } = offsetPairs(
    Map.groupBy(state.payments, ({ payer }) => payer),
    room,
  );
  const together = takeLargestSet(left, room);
  const sets = pairs.map((payments): SettledSet => ({ kind: 'BILATERAL', payments: inOrder(payments) }));
  if (together.length > 0) sets.push({ kind: 'MULTILATERAL', payments: inOrder(together) });
  const settled = new Set(together);
  const waiting = waitingOf(left, settled, room).sort(
    (one, other) => (places.get(one.payment) ?? 0) - (places.get(other.payment) ?? 0),
  );
  return { sets, waiting };
}

function waitingOf(left: Queues, settled: ReadonlySet<QueuedPayment>, room: Room): WaitingPayment[] {
  return [...left.values()].flatMap((payments) => {
    const [first, ...behind] = payments.filter((payment) => !settled.has(payment));
    if (first === undefined) return [];
    const isBehind: WaitingReason[] = [{ code: 'BEHIND', payment: first.id }];
    return [
      { payment: first, reasons: reasonsOf(first, room) },
      ...behind.map((payment) => ({ payment, reasons: isBehind })),
    ];
  });
}

/** What the first waiting payment of a payer lacks after all that settles. */
function reasonsOf({ payer, payee, amount }: QueuedPayment, room: Room): WaitingReason[] {
  const missing = amount - room.funds(payer);
  const aboveNetDebit = amount - (room.netDebit(payer) ?? amount);
  const aboveBilateral = amount - (room.bilateral(payer, payee) ?? amount);
  return [
    ...(missing > 0n ? [{ code: 'SHORT_OF_FUNDS', missing } as const] : []),
    ...(aboveNetDebit > 0n ? [{ code: 'NET_DEBIT_LIMIT', excess: aboveNetDebit } as const] : []),
    ...(aboveBilateral > 0n ? [{ code: 'BILATERAL_LIMIT', excess: aboveBilateral } as const] : []),
  ];
}
