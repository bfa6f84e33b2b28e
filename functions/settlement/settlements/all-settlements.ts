import type { SettlementStore } from '../store.ts';
import type { Settlement, SettlementRef } from './settlement.ts';

const settlementsPerPage = 100;
const always = { from: '0000-01-01', to: '9999-12-31' };

/** All settlements of a merchant, a page at a time: one for each of its days, and few more. */
export async function* allSettlements(
  store: Pick<SettlementStore, 'listSettlements'>,
  merchant: Pick<SettlementRef, 'tenant' | 'merchantId'>,
): AsyncGenerator<readonly Settlement[]> {
  let after: string | undefined;
  do {
    const page = await store.listSettlements(merchant, always, after, settlementsPerPage);
    yield page.settlements;
    after = page.next;
  } while (after !== undefined);
}
