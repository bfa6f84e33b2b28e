import { nextSettlement } from '../interest/settlement-periods.ts';
import type { PoolingStore } from '../store.ts';
import type { InterestTerms } from './interest-terms.ts';
import type { DueSettlement, Settling } from './settlement.ts';

/**
 * What the settlement day of these terms settles next, by what has been computed until now, be it by a call, with the reason why
 * it could not be started, where it was tried; and the run before, as long as the ledger refuses lines of it. Nothing without a
 * settlement day.
 */
export async function readSettling(
  store: Pick<PoolingStore, 'readInterestHead' | 'readSettlement' | 'readInterestRun'>,
  { tenant, ownerId, content: { settlementDay } }: InterestTerms,
): Promise<Settling> {
  if (!settlementDay) return {};
  const [head, due] = await Promise.all([
    store.readInterestHead(tenant, ownerId),
    store.readSettlement(tenant, ownerId),
  ]);
  const next = nextSettlement(settlementDay, head?.to);
  const fault = due?.from === next.from && due.to === next.to ? due.fault : undefined;
  const unsettled = due?.unsettled?.runId === head?.runId ? await stillUnsettled(store, due) : undefined;
  return { nextSettlement: { ...next, ...(fault && { fault }) }, ...(unsettled && { unsettled }) };
}

/** A call may have completed it since the schedule last looked. */
async function stillUnsettled(store: Pick<PoolingStore, 'readInterestRun'>, due: DueSettlement | undefined) {
  if (!due?.unsettled) return undefined;
  const run = await store.readInterestRun(due.tenant, due.unsettled.runId);
  return run?.status === 'COMPLETED' ? undefined : due.unsettled;
}
