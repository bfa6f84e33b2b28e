import { type Figures, noBase } from '../journal/figures.ts';
import type { SumBase } from './sum.ts';

/** What there is of a sum to split, by what its lines come to: one by one, or as its running total has them. */
export function sumBaseOf(figures: Figures): SumBase {
  const { orders, gross: paid, fees: fee, coupons, net, base = noBase } = figures;
  const { order, cash, room } = base;
  // Others never get more than all of it.
  return { orders, order, paid, cash, fee, coupons, ...(room < net && { mostToOthers: room }) };
}
