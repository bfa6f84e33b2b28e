import type { OrderFigures } from '../order-figures.ts';
import { addSums, noSums, type OrderSums } from '../order-sums.ts';
import type { AccountRole } from '../role-legs.ts';

/** By how much figures of orders moved; grows by one order after the other. */
export class Movement {
  private paid = 0;
  private sums: OrderSums = noSums;
  private takenOfShares = 0n;
  private readonly gains = new Map<AccountRole, bigint>();

  /** An order that came to something before, and comes to something else after. */
  add(before: OrderFigures, after: OrderFigures): void {
    this.paid += after.paid - before.paid;
    this.sums = subtractSums(addSums(this.sums, after.sums), before.sums);
    this.takenOfShares += after.takenOfShares - before.takenOfShares;
    for (const { role, amount } of after.gains) this.gain(role, amount);
    for (const { role, amount } of before.gains) this.gain(role, -amount);
  }

  figures(): OrderFigures {
    const { paid, sums, takenOfShares, gains } = this;
    return { paid, sums, takenOfShares, gains: [...gains].map(([role, amount]) => ({ role, amount })) };
  }

  private gain(role: AccountRole, amount: bigint): void {
    this.gains.set(role, (this.gains.get(role) ?? 0n) + amount);
  }
}

function subtractSums(one: OrderSums, other: OrderSums): OrderSums {
  return {
    received: one.received - other.received,
    shares: one.shares - other.shares,
    fees: one.fees - other.fees,
    refunds: one.refunds - other.refunds,
    supervised: one.supervised - other.supervised,
    summed: one.summed - other.summed,
  };
}
