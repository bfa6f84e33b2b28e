import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { Party } from '../terms/parties.ts';

/** One pays one other. Minor units, above zero. */
export interface NetLeg {
  readonly payer: Party;
  readonly payee: Party;
  readonly amount: bigint;
}

/**
 * The net legs of payments that settle together: whoever gives on balance pays those who get, in the order of their ids, at most one
 * leg fewer than there are parties that give or get. So nobody pays more than it gives on balance, and needs no more to do it.
 */
export function netLegs(payments: Iterable<Pick<QueueEntry, 'payer' | 'payee' | 'amount'>>): NetLeg[] {
  const nets = new Map<Party, bigint>();
  for (const { payer, payee, amount } of payments) {
    nets.set(payer, (nets.get(payer) ?? 0n) - amount);
    nets.set(payee, (nets.get(payee) ?? 0n) + amount);
  }
  const byId = [...nets].sort(([one], [other]) => (one < other ? -1 : 1));
  const getting = byId.filter(([, net]) => net > 0n).map(([party, net]) => ({ party, left: net }));
  const legs: NetLeg[] = [];
  let place = 0;
  for (const [payer, net] of byId) {
    for (let owed = -net; owed > 0n; ) {
      const to = getting[place];
      if (!to) throw new Error('What is given and what is got differ.');
      const amount = owed < to.left ? owed : to.left;
      legs.push({ payer, payee: to.party, amount });
      owed -= amount;
      to.left -= amount;
      if (to.left === 0n) place += 1;
    }
  }
  return legs;
}
