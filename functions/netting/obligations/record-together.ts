import { groupCommit } from '../../../shared/concurrency/group-commit.ts';
import type { Centre } from '../centres/centre.ts';
import { obligationIdOf } from '../keys.ts';
import { obligationsPerWriteMax } from '../store-obligations.ts';
import { type Added, type Adding, addObligations, type Draft, gateOf } from './add-obligations.ts';

/**
 * Records single obligations. Those that arrive while others of the same gate are being written go together as the next, so
 * that in a busy process one costs little more than in a batch.
 */
export function recorder(store: Adding): (centre: Centre, draft: Draft) => Promise<Added> {
  const record = groupCommit<{ centre: Centre; draft: Draft }, Added>((_group, inputs) => {
    const [first] = inputs;
    // All of a group are of one centre; the newest version of it that any of them has read will do for all.
    const centre = inputs.reduce(
      (newest, one) => (one.centre.revision > newest.revision ? one.centre : newest),
      (first as (typeof inputs)[number]).centre,
    );
    return addObligations(
      store,
      centre,
      inputs.map(({ draft }) => draft),
    );
  }, obligationsPerWriteMax);
  return (centre, draft) => {
    const gate = gateOf(obligationIdOf(centre.tenant, centre.id, draft.asked.reference));
    return record(`${centre.tenant}#${centre.id}#${gate}`, { centre, draft });
  };
}
