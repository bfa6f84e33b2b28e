import type { SettlementStore } from '../store.ts';
import { endWaiting, marketDay } from './carry-out-plan.ts';
import { type Acting, changeOrder } from './change-order.ts';
import type { Order } from './order.ts';
import { readPlanFacts } from './read-plan-facts.ts';

/**
 * Ends the waiting of a sub-order whose last day is there: it goes by its plan, or to the merchant who sells. Before that day, and
 * once it is done, it changes nothing. Problems: `settlement/order-not-found`; and those of decideAndWrite.
 */
export function workOffWaiting(
  store: SettlementStore,
  { tenant, no, subOrderNo }: { readonly tenant: string; readonly no: string; readonly subOrderNo: string },
  on: Acting,
): Promise<Order> {
  const decide = async (order: Order) => {
    const facts = await readPlanFacts(store, order);
    const { waitsUntil } = order.subOrders.find((subOrder) => subOrder.no === subOrderNo) ?? {};
    const isOver = waitsUntil !== undefined && waitsUntil <= marketDay(on.at, facts);
    return isOver ? endWaiting(order, subOrderNo, facts, on.at) : order;
  };
  return changeOrder(store, { tenant, no }, decide, on);
}
