import type { QueuedPayment, QueueState } from '../../../../functions/netting/queue/queued-payment.ts';

/**
 * All sets that can settle together, found by trying every number of first payments of every payer. Slow and plain, to hold the
 * resolution against. A set can settle where every payer in it has, and may owe, enough when all of it is settled.
 */
export function allThatSettle(state: QueueState): QueuedPayment[][] {
  const queues = [...Map.groupBy(state.payments, ({ payer }) => payer).values()];
  return firstOnes(queues).filter((set) => canSettle(set, state));
}

function firstOnes(queues: readonly (readonly QueuedPayment[])[]): QueuedPayment[][] {
  const [queue, ...others] = queues;
  if (queue === undefined) return [[]];
  const further = firstOnes(others);
  return [...queue, undefined].flatMap((_, count) => further.map((set) => [...queue.slice(0, count), ...set]));
}

export function canSettle(set: readonly QueuedPayment[], state: QueueState): boolean {
  return set.every(({ payer, payee }) => {
    const paid = total(set.filter((payment) => payment.payer === payer));
    const got = total(set.filter((payment) => payment.payee === payer));
    if ((state.available.get(payer) ?? 0n) - paid + got < 0n) return false;
    const limit = state.netDebitLimits?.get(payer);
    if (limit !== undefined && paid - got > limit) return false;
    const bilateral = state.bilateralLimits?.get(payer)?.get(payee);
    const paidToOne = total(set.filter((payment) => payment.payer === payer && payment.payee === payee));
    const gotFromOne = total(set.filter((payment) => payment.payer === payee && payment.payee === payer));
    return bilateral === undefined || paidToOne - gotFromOne <= bilateral;
  });
}

function total(payments: readonly QueuedPayment[]): bigint {
  return payments.reduce((sum, { amount }) => sum + amount, 0n);
}

/** Takes all, and drops the last payment of whoever is below, whom `pick` chooses among them, until nobody is. */
export function dropUntilFeasible(state: QueueState, pick: () => number): QueuedPayment[] {
  let set = [...state.payments];
  for (;;) {
    const below = [...new Set(set.map(({ payer }) => payer))].filter((payer) => !isCovered(payer, set, state));
    const chosen = below[pick() % Math.max(1, below.length)];
    if (chosen === undefined) return set;
    const last = set.findLastIndex(({ payer }) => payer === chosen);
    set = set.filter((_, at) => at !== last);
  }
}

function isCovered(payer: string, set: readonly QueuedPayment[], state: QueueState): boolean {
  const paid = total(set.filter((payment) => payment.payer === payer));
  const got = total(set.filter((payment) => payment.payee === payer));
  return (state.available.get(payer) ?? 0n) - paid + got >= 0n;
}
