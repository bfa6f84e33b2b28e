import { NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import type { HoldResult } from '../../ledger/published.ts';
import { legsMax, nameOf, type PostedLeg, type Posting, problemOf, toOrder } from './posting.ts';
import type { PostedSet } from './posting-order.ts';

/**
 * Posts a set of more legs than one transfer holds: all of it is held first, and only when all is held it is posted, so that none of
 * it moves unless all of it does. Answers why it was refused; then nothing of it is held any more. Throws NotAnsweredError where
 * the ledger could not say yet, or does not end a hold: it is asked again.
 */
export async function postHeld(
  posting: Posting,
  set: PostedSet,
  legs: readonly PostedLeg[],
): Promise<Problem | undefined> {
  const { ledger, resolution, now } = posting;
  const parts = Array.from({ length: Math.ceil(legs.length / legsMax) }, (_, part) =>
    legs.slice(part * legsMax, (part + 1) * legsMax),
  );
  const orders = parts.map((part, place) => toOrder(posting, set, ['hold', String(place)], part));
  const results = await ledger.holdTransfers(resolution.tenant, orders, now);
  const problems = results.map(problemOf);
  const problem = problems.find((one) => one !== undefined);
  const held = results.filter((_, place) => !problems[place]);
  await endAll(posting, set, held, problem ? 'VOID' : 'POST');
  return problem;
}

/** Ends holds one way; what was ended so before counts. Endings are named by the attempt: one that was refused is asked for anew. */
async function endAll(
  { ledger, resolution, now }: Posting,
  set: PostedSet,
  held: readonly HoldResult[],
  end: 'POST' | 'VOID',
): Promise<void> {
  if (held.length === 0) return;
  const { tenant, revision, cause } = resolution;
  const endings = held.map(({ id: pendingId }) => {
    const name = nameOf(resolution, set, [end === 'POST' ? 'post' : 'void', pendingId, String(revision)]);
    return { name, fingerprint: `${end} ${pendingId}`, pendingId, end, cause };
  });
  const endedSo = end === 'POST' ? 'ledger/pending-already-posted' : 'ledger/pending-already-voided';
  for (const result of await ledger.endHolds(tenant, endings, now)) {
    const problem = problemOf(result);
    if (problem && problem.code !== endedSo) throw new NotAnsweredError(problem.message);
  }
}
