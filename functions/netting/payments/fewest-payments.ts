import { type AreApart, nobodyApart } from '../excluded/excluded-pairs.ts';
import type { NetPosition } from '../positions/position.ts';
import { aroundTheCentre, payGroup } from './keep-apart.ts';
import type { Leg } from './leg.ts';
import { mostZeroSumGroups } from './most-groups.ts';
import { takeOppositePairs } from './opposite-pairs.ts';
import { takeSmallGroups } from './small-groups.ts';

/** Open positions that are grouped exactly, at most: 4,096 subsets. Pairs that stand against each other do not count. */
export const EXACT_POSITIONS_MAX = 12;

/**
 * Whether the number of payments is the smallest there is, or what a bounded search found; that too where there are more of them, as
 * excluded pairs are kept apart.
 */
export type Fewest = 'EXACT' | 'HEURISTIC';

export interface FewestPayments {
  /** By payer, then payee, by code units. */
  readonly legs: readonly Leg[];
  readonly fewest: Fewest;
}

type Group = readonly NetPosition[];

/**
 * Payments from those that pay to those that receive, as few as can be: they settle every position exactly, and are at least one
 * fewer than the open positions. Positions are of one currency and of different parties and add up to zero, else RangeError;
 * those at zero have no payment.
 *
 * A group of k positions that add up to zero takes k − 1 payments, so the fewest payments are the most groups (Verhoeff 2004,
 * Settling Multiple Debts Efficiently; NP-hard). Opposite pairs are taken out first, which never costs one. What is left is
 * grouped exactly up to EXACT_POSITIONS_MAX positions, and beyond by a bounded search.
 *
 * Nobody pays one that it is apart from: where as few payments without that are not found, it pays through the centre, which is one
 * payment more each time.
 */
export function fewestPayments(positions: readonly NetPosition[], isApart: AreApart = nobodyApart): FewestPayments {
  const open = positions.filter(({ net }) => net !== 0n).sort((one, other) => (one.party < other.party ? -1 : 1));
  const { groups: pairs, rest } = takeOppositePairs(open, isApart);
  const isExact = rest.length <= EXACT_POSITIONS_MAX;
  const groups = [...pairs, ...(isExact ? exactGroups(rest) : searchedGroups(rest))];
  const fewest = groups.flatMap((group) => payGroup(group, isApart));
  const legs = isApart === nobodyApart ? fewest : aroundTheCentre(fewest, isApart);
  const isFewest = isExact && legs.length <= fewest.length;
  return { legs: legs.sort(byParties), fewest: isFewest ? 'EXACT' : 'HEURISTIC' };
}

function exactGroups(positions: Group): Group[] {
  const places = mostZeroSumGroups(positions.map(({ net }) => net));
  return places.map((group) => group.flatMap((place) => positions[place] ?? []));
}

/** Threes and fours first; what they leave is grouped exactly where it is few, and one group where it is not. */
function searchedGroups(positions: Group): Group[] {
  const { groups, rest } = takeSmallGroups(positions);
  return [...groups, ...(rest.length <= EXACT_POSITIONS_MAX ? exactGroups(rest) : [rest])];
}

function byParties(one: Leg, other: Leg): number {
  if (one.payer !== other.payer) return one.payer < other.payer ? -1 : 1;
  return one.payee < other.payee ? -1 : 1;
}
