import pLimit from 'p-limit';
import type { BankReport } from '../gateway/bank-gateway.ts';
import type { CollectionStore } from '../store.ts';

const writesAtOnceMax = 8;

/**
 * The inbox of what banks report: each report is kept once, by order, state and source, as it came first. Safe to repeat
 * at any point.
 */
export async function takeReports(
  store: Pick<CollectionStore, 'keepReport'>,
  tenant: string,
  reports: readonly BankReport[],
  now: Date,
): Promise<void> {
  const limit = pLimit(writesAtOnceMax);
  const receivedAt = now.toISOString();
  await Promise.all(reports.map((report) => limit(() => store.keepReport({ tenant, report, receivedAt }))));
}
