import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { sum } from '../../../../shared/money/sum.ts';
import type { Order } from '../../orders/order.ts';
import { type Owner, ownerKey } from '../entry.ts';
import { addFigures, type Figures, figuresOf, noFigures } from '../figures.ts';
import { refundLegs, subsidyLegs } from '../guarded-legs.ts';
import { legsOfLine } from '../legs-of-line.ts';
import { linesOf } from '../lines-between.ts';
import { addSums, noSums, type OrderSums, orderSums } from '../order-sums.ts';
import { type AccountRole, gainsOf } from '../role-legs.ts';
import { standingRefunds } from '../standing-refunds.ts';

/** What lines of an owner's day should come to. */
export interface ExpectedDay {
  readonly owner: Owner;
  readonly date: PlainDate;
  readonly figures: Figures;
}

/** What orders of a market come to. Grows by one order after the other. */
export class OrderFold {
  orders = 0;
  sums: OrderSums = noSums;
  /** What refunds took of receivers of sums after these were split. */
  takenOfShares = 0n;
  readonly days = new Map<string, ExpectedDay>();
  /** What the accounts of the ledger should hold of it, by role. */
  readonly gains = new Map<AccountRole, bigint>();

  add(order: Order): void {
    const entries = linesOf(order);
    this.orders += 1;
    this.sums = addSums(this.sums, orderSums(order));
    const takes = standingRefunds(order).flatMap((refund) => refund.takes);
    this.takenOfShares += sum(takes.map(({ leg, amount }) => (leg?.share ? amount : 0n)));
    for (const { owner, date, line } of entries) {
      const key = dayKeyOf(owner, date);
      const day = this.days.get(key) ?? { owner, date, figures: noFigures };
      this.days.set(key, { ...day, figures: addFigures(day.figures, figuresOf(line)) });
    }
    const coupons = order.subOrders.flatMap((subOrder) => subOrder.coupons);
    const landed = coupons.filter(({ landedAt }) => landedAt !== undefined);
    const guarded = [...landed.flatMap(subsidyLegs), ...standingRefunds(order).flatMap(refundLegs)];
    for (const [role, gain] of gainsOf([...entries.flatMap(legsOfLine), ...guarded])) {
      this.gains.set(role, (this.gains.get(role) ?? 0n) + gain);
    }
  }
}

export function dayKeyOf(owner: Owner, date: PlainDate): string {
  return `${date} ${ownerKey(owner)}`;
}
