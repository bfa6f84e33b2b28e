import { sum } from '../../../shared/money/sum.ts';
import type { SettlementStore } from '../store.ts';
import { allSettlements } from './all-settlements.ts';
import { isInNetting } from './netted-settlement.ts';
import { owedAgain, unpaidOf } from './payout-after-report.ts';
import { lastPayout, type Settlement, type SettlementRef } from './settlement.ts';

/** What waits of a merchant's settlements, minor units: of all, or of those behind one. */
export async function readUnpaid(
  store: Pick<SettlementStore, 'listSettlements'>,
  merchant: Pick<SettlementRef, 'tenant' | 'merchantId'>,
  behind?: Pick<SettlementRef, 'date' | 'sequence'>,
): Promise<bigint> {
  let unpaid = 0n;
  for await (const page of allSettlements(store, merchant, behind?.date)) {
    unpaid += sum(page.filter((one) => !behind || isBehind(one, behind)).map(waitingOf));
  }
  return unpaid;
}

function isBehind(one: Settlement, { date, sequence }: Pick<SettlementRef, 'date' | 'sequence'>): boolean {
  return one.date > date || (one.date === date && one.sequence > sequence);
}

/** Not what a netting cycle is to pay, nor what is about to be booked. */
function waitingOf(settlement: Settlement): bigint {
  if (isInNetting(settlement)) return 0n;
  return lastPayout(settlement)?.state === 'DUE' ? owedAgain(settlement) : unpaidOf(settlement);
}
