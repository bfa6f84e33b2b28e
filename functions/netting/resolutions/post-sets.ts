import { problemOf } from '../ledger-answers.ts';
import { transferLegsMax } from '../payments/leg.ts';
import type { Party } from '../terms/parties.ts';
import type { RefusedSet } from './blame.ts';
import { postHeld } from './post-held.ts';
import type { Posting } from './posting.ts';
import { toOrder } from './posting.ts';
import { type PostedSet, payersOf, postingGroups } from './posting-order.ts';
import { partiesOf } from './read-situation.ts';

export interface PostedSets {
  readonly settled: readonly PostedSet[];
  readonly refused: readonly RefusedSet[];
}

/**
 * Posts sets in their order, each as one balanced transfer of its net legs, or nothing where they come to nothing. Where one is
 * refused, those with payments behind its payments are not asked for: of each payer what settles are its first payments. Asked
 * again, be it by another process, it comes to the same. Throws NotAnsweredError where the ledger could not say yet.
 */
export async function postSets(posting: Posting, sets: readonly PostedSet[]): Promise<PostedSets> {
  const settled: PostedSet[] = [];
  const refused: RefusedSet[] = [];
  const stopped = new Set<Party>();
  for (const group of postingGroups(sets, posting.limited)) {
    const asked = group.filter((set) => !payersOf(set).some((payer) => stopped.has(payer)));
    const problems = await postGroup(posting, asked);
    for (const set of group) {
      const problem = problems.get(set);
      if (problem) refused.push({ set, problem, waitedFor: payersOf(set).filter((payer) => stopped.has(payer)) });
      if (problem || !asked.includes(set)) for (const party of partiesOf(set.lines)) stopped.add(party);
      else settled.push(set);
    }
  }
  return { settled, refused };
}

/** Why some were refused; the others are posted. */
async function postGroup(posting: Posting, sets: readonly PostedSet[]) {
  const { ledger, resolution, now } = posting;
  const withLegs = sets.map((set) => ({ set, legs: posting.legsOf(set) }));
  const whole = withLegs.filter(({ legs }) => legs.length > 0 && legs.length <= transferLegsMax);
  const orders = whole.map(({ set, legs }) => toOrder(posting, set, ['transfer'], legs));
  const results = orders.length > 0 ? await ledger.postTransfers(resolution.tenant, orders, now) : [];
  const problems = new Map(whole.map(({ set }, place) => [set, problemOf(results[place])]));
  for (const { set, legs } of withLegs) {
    if (legs.length > transferLegsMax) problems.set(set, await postHeld(posting, set, legs));
  }
  return problems;
}
