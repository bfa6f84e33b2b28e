import { nextSettlement } from '../interest/settlement-periods.ts';
import type { PoolingStore } from '../store.ts';
import type { InterestTerms } from './interest-terms.ts';
import type { NextSettlement } from './settlement.ts';

/**
 * The period that the settlement day of these terms settles next, by what has been computed until now, be it by a call; with
 * the reason why it could not be started, where it was tried. Undefined without a settlement day.
 */
export async function readNextSettlement(
  store: Pick<PoolingStore, 'readInterestHead' | 'readSettlement'>,
  { tenant, ownerId, content: { settlementDay } }: InterestTerms,
): Promise<NextSettlement | undefined> {
  if (!settlementDay) return undefined;
  const [head, due] = await Promise.all([
    store.readInterestHead(tenant, ownerId),
    store.readSettlement(tenant, ownerId),
  ]);
  const next = nextSettlement(settlementDay, head?.to);
  const fault = due?.from === next.from && due.to === next.to ? due.fault : undefined;
  return { ...next, ...(fault && { fault }) };
}
