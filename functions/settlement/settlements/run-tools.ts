import { endWaiting as endWaitingOf } from '../orders/carry-out-plan.ts';
import { changeOrder } from '../orders/change-order.ts';
import { readPlanFacts } from '../orders/read-plan-facts.ts';
import { payoutTools } from '../payout-tools.ts';
import type { SettlementStore } from '../store.ts';
import type { RunTools } from './carry-on-run.ts';
import type { EndWaiting } from './waiting-orders.ts';

/** What runs work with. */
export function runTools(): RunTools {
  const tools = payoutTools();
  return { ...tools, endWaiting: endWaitingBy(tools.store) };
}

/** Splits what waited by the plans of its order, or gives it to the merchant who sells; done again it changes nothing. */
export function endWaitingBy(store: SettlementStore): EndWaiting {
  return async ({ tenant, orderNo, subOrderNo }, { date, now }) => {
    const at = now.toISOString();
    const cause = { client: 'settlement', role: 'system', requestId: `run of ${date}` };
    await changeOrder(
      store,
      { tenant, no: orderNo },
      async (order) => endWaitingOf(order, subOrderNo, await readPlanFacts(store, order), at),
      { at, cause },
    );
  };
}
