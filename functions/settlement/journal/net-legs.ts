import { type AccountRole, legOf, type RoleLeg } from './role-legs.ts';

/** Legs of one posting, at most: what one transfer of the ledger has. */
export const legsPerPostingMax = 40;

/**
 * Legs netted per pair of accounts: one leg a pair at the most, in the direction of what is left, none where nothing is. A pair
 * stays a pair: what was paid and what was given both go through `supervised`, so that its statement shows them.
 */
export function netLegs(legs: Iterable<RoleLeg>): RoleLeg[] {
  const pairs = new Map<string, { debit: AccountRole; credit: AccountRole; amount: bigint }>();
  for (const { debit, credit, amount } of legs) {
    if (debit === credit) continue;
    const isTurned = debit > credit;
    const [first, second] = isTurned ? [credit, debit] : [debit, credit];
    const key = pairKey(debit, credit);
    const pair = pairs.get(key) ?? { debit: first, credit: second, amount: 0n };
    pair.amount += isTurned ? -amount : amount;
    pairs.set(key, pair);
  }
  return [...pairs.values()].flatMap(({ debit, credit, amount }) => legOf(debit, credit, amount));
}

/** Postings of at most 40 legs each. */
export function cutPostings(legs: readonly RoleLeg[]): RoleLeg[][] {
  const postings: RoleLeg[][] = [];
  for (let start = 0; start < legs.length; start += legsPerPostingMax) {
    postings.push(legs.slice(start, start + legsPerPostingMax));
  }
  return postings;
}

/** The same whichever way a leg goes. */
export function pairKey(one: AccountRole, other: AccountRole): string {
  return JSON.stringify(one < other ? [one, other] : [other, one]);
}
