import type { Configuration, MemberState } from '../pool.ts';
import { limitsOf } from './counted-limits.ts';
import { afterMovement, type EdgeMovement, observed, stateOf } from './member-states.ts';
import type { Situation } from './prepare-nodes.ts';

/** The members' states once all legs have moved; only those that change. */
export function statesAfter(
  situation: Pick<Situation, 'configuration' | 'accounts' | 'states'>,
  legs: readonly EdgeMovement[],
  businessDate: string,
): MemberState[] {
  const { configuration, accounts } = situation;
  const legOf = new Map(legs.map((leg) => [leg.accountId, leg]));
  const changes = changesBy(legs, configuration);
  return configuration.members.flatMap((member) => {
    const { accountId } = member;
    const before = stateOf(situation.states, member);
    const figures = accounts.get(accountId);
    const available = figures && figures.posted - figures.pendingOut - figures.frozen;
    const seen = available === undefined ? before : observed(before, available);
    const leg = legOf.get(accountId);
    if (!leg) return seen.sentByParent === before.sentByParent ? [] : [seen];
    const after = afterMovement(seen, leg, limitsOf(member, leg.direction), businessDate);
    // What goes up may take money of the parent's back with it.
    const isSweptBack = leg.direction === 'UP' && available !== undefined;
    return [isSweptBack ? observed(after, available + (changes.get(accountId) ?? 0n)) : after];
  });
}

/** What the legs change each balance by. */
function changesBy(legs: readonly EdgeMovement[], { members }: Pick<Configuration, 'members'>): Map<string, bigint> {
  const parents = new Map(members.map(({ accountId, parentId }) => [accountId, parentId]));
  const changes = new Map<string, bigint>();
  const add = (accountId: string, minor: bigint) => changes.set(accountId, (changes.get(accountId) ?? 0n) + minor);
  for (const { accountId, direction, amount } of legs) {
    const upward = direction === 'UP' ? amount : -amount;
    add(accountId, -upward);
    add(parents.get(accountId) ?? '', upward);
  }
  return changes;
}
