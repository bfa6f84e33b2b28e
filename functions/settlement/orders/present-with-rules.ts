import type { SettlementStore } from '../store.ts';
import type { Order } from './order.ts';
import { presentOrder } from './present-order.ts';
import { readRules } from './read-plan-facts.ts';

/** An order as the API shows it: how its shares came about is told by the rules that it was split by. */
export async function presentWithRules(store: SettlementStore, order: Order, now: Date) {
  const isSplit = order.subOrders.some(({ plan, splits }) => plan.by === 'RULE' && splits.length > 0);
  const rules = isSplit ? await readRules(store, order) : new Map();
  return presentOrder(order, rules, now.toISOString());
}
