import type { Cause } from '../../shared/http/cause.ts';
import { NotAnsweredError } from '../../shared/problems/lasting-answers.ts';
import type * as ledgers from '../ledger/published.ts';
import { problemOf } from './ledger-answers.ts';

/** What ends the holds of one settlement. */
export interface EndingHolds {
  readonly ledger: Pick<typeof ledgers, 'endHolds'>;
  readonly tenant: string;
  /** Parts that name the settlement, the capability first. */
  readonly name: readonly string[];
  /** Endings are named by it too: one that was refused is asked for anew. */
  readonly attempt: number;
  readonly cause: Cause;
  readonly now: Date;
}

/**
 * Ends holds one way; what was ended so before counts. Throws NotAnsweredError where the ledger could not say yet, or does not end
 * one: it is asked again.
 */
export async function endHoldsOneWay(
  { ledger, tenant, name, attempt, cause, now }: EndingHolds,
  pendingIds: readonly string[],
  end: 'POST' | 'VOID',
): Promise<void> {
  if (pendingIds.length === 0) return;
  const endings = pendingIds.map((pendingId) => ({
    name: [...name, end === 'POST' ? 'post' : 'void', pendingId, String(attempt)],
    fingerprint: `${end} ${pendingId}`,
    ...{ pendingId, end, cause },
  }));
  const endedSo = end === 'POST' ? 'ledger/pending-already-posted' : 'ledger/pending-already-voided';
  for (const result of await ledger.endHolds(tenant, endings, now)) {
    const problem = problemOf(result);
    if (problem && problem.code !== endedSo) throw new NotAnsweredError(problem.message);
  }
}
