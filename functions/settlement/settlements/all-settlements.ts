import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SettlementStore } from '../store.ts';
import type { Settlement, SettlementRef } from './settlement.ts';

const settlementsPerPage = 100;

/** The settlements of a merchant from a day on, all unless told, a page at a time: one for each of its days, and few more. */
export async function* allSettlements(
  store: Pick<SettlementStore, 'listSettlements'>,
  merchant: Pick<SettlementRef, 'tenant' | 'merchantId'>,
  from: PlainDate = '0000-01-01',
): AsyncGenerator<readonly Settlement[]> {
  let after: string | undefined;
  do {
    const page = await store.listSettlements(merchant, { from, to: '9999-12-31' }, after, settlementsPerPage);
    yield page.settlements;
    after = page.next;
  } while (after !== undefined);
}
