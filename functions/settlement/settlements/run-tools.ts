import { workOffWaiting } from '../orders/work-off-waiting.ts';
import { defaultJournalingStore, type SettlementStore } from '../store.ts';
import { payoutTools } from '../tools.ts';
import type { RunTools } from './carry-on-run.ts';
import type { EndWaiting } from './waiting-orders.ts';

/** What runs work with. */
export function runTools(): RunTools {
  const store = defaultJournalingStore();
  return { ...payoutTools(), store, endWaiting: endWaitingBy(store) };
}

/** Splits what waited by the plans of its order, or gives it to the merchant who sells; done again it changes nothing. */
export function endWaitingBy(store: SettlementStore): EndWaiting {
  return async ({ tenant, orderNo, subOrderNo }, { date, now }) => {
    const at = now.toISOString();
    const cause = { client: 'settlement', role: 'system', requestId: `run of ${date}` };
    await workOffWaiting(store, { tenant, no: orderNo, subOrderNo }, { at, cause });
  };
}
