import { groupOf } from '../journal/groups.ts';
import type { OwnerDay } from '../journal/transaction.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import type { MerchantTotal } from '../store-runs.ts';
import type { Run, RunDay } from './run.ts';
import type { SettlementRef } from './settlement.ts';

/** A merchant's day that a run has still to settle, and what it comes to by now. */
export interface OpenDay extends RunDay, MerchantTotal {}

/** Days of a merchant that a run has still to settle, the earliest first. A run of one day has no other, and reads nothing for it. */
export async function readOpenDays(
  store: Pick<SettlementStore, 'readTotalsOf' | 'readSettlements'>,
  merchant: Merchant,
  { days }: Pick<Run, 'days'>,
): Promise<OpenDay[]> {
  if (days.length <= 1) return [];
  const own = days.map((day) => ownerDayOf(merchant, day));
  const [totals, settlements] = await Promise.all([store.readTotalsOf(own), store.readSettlements(own.map(refOf))]);
  const begun = new Set(settlements.map(({ date }) => date));
  return totals.filter(({ date }) => !begun.has(date)).sort((one, other) => (one.date < other.date ? -1 : 1));
}

export function ownerDayOf(
  { tenant, id, marketId }: Pick<Merchant, 'tenant' | 'id' | 'marketId'>,
  { date, sequence }: RunDay,
): OwnerDay {
  const owner = { kind: 'MERCHANT', id } as const;
  return { tenant, marketId, date, sequence, owner, group: groupOf(tenant, owner) };
}

export function refOf({ tenant, owner, date, sequence }: OwnerDay): SettlementRef {
  return { tenant, merchantId: owner.id, date, sequence };
}
