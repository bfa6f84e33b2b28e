import { partsOf } from '../../../shared/objects/parts.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { endHoldsOneWay } from '../end-holds.ts';
import { problemOf } from '../ledger-answers.ts';
import { transferLegsMax } from '../payments/leg.ts';
import { nameOf, type PostedLeg, type Posting, toOrder } from './posting.ts';
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
  const orders = partsOf(legs, transferLegsMax).map((part, place) =>
    toOrder(posting, set, ['hold', String(place)], part),
  );
  const results = await ledger.holdTransfers(resolution.tenant, orders, now);
  const problems = results.map(problemOf);
  const problem = problems.find((one) => one !== undefined);
  const held = results.filter((_, place) => !problems[place]).map(({ id }) => id);
  const { tenant, revision: attempt, cause } = resolution;
  const name = nameOf(resolution, set, []);
  await endHoldsOneWay({ ledger, tenant, name, attempt, cause, now }, held, problem ? 'VOID' : 'POST');
  return problem;
}
