import type { Item } from '../book/item.ts';
import { discountOf } from '../terms/discount.ts';
import type { Settlement, Terms } from '../terms/settle.ts';
import { subsetsOfSum, subsetValuesMax } from './subsets-of-sum.ts';

/** Open invoices that are looked at to find the candidates; after these a search is not complete. */
const lookedAtMax = 2_000;

/** Open invoices that together are exactly the amount, at full or each less its discount for paying early. */
export interface FoundSet {
  readonly items: readonly Item[];
  readonly settlement: Settlement;
}

export interface FoundSets {
  /** Two at most: with a second one none is the only explanation. */
  readonly sets: readonly FoundSet[];
  /** All that could be part of a set was looked at, so that one set is the only one. */
  readonly isComplete: boolean;
}

/**
 * Sets of two invoices or more, and single ones less their discount, that add up to an amount. Looked for among the first
 * `candidatesMax` invoices that are not more than the amount; all subsets of these, of any size, so that what is found
 * once there is nowhere else there. Minor units.
 */
export function findSets(open: Iterable<Item>, amount: bigint, terms: Terms, candidatesMax: number): FoundSets {
  const { candidates, total, isComplete } = candidatesOf(open, amount, terms, candidatesMax);
  if (total < amount) return { sets: [], isComplete };
  return { sets: [...fullSets(candidates, amount), ...discountedSets(candidates, amount)].slice(0, 2), isComplete };
}

/** Whether `findSets` would look at all that could be part of a set, found without a search. */
export function isSearchComplete(open: Iterable<Item>, amount: bigint, terms: Terms, candidatesMax: number): boolean {
  return candidatesOf(open, amount, terms, candidatesMax).isComplete;
}

interface Candidate {
  readonly item: Item;
  readonly discount: bigint;
}

interface Candidates {
  readonly candidates: readonly Candidate[];
  /** At full. Minor units. */
  readonly total: bigint;
  readonly isComplete: boolean;
}

function candidatesOf(open: Iterable<Item>, amount: bigint, terms: Terms, candidatesMax: number): Candidates {
  const max = Math.min(candidatesMax, subsetValuesMax);
  const candidates: Candidate[] = [];
  let total = 0n;
  let lookedAt = 0;
  for (const item of open) {
    lookedAt += 1;
    const discount = terms.discounts ? (discountOf(item, terms.paidOn)[0] ?? 0n) : 0n;
    if (item.left - discount > amount) continue;
    if (candidates.length === max || lookedAt > lookedAtMax) return { candidates, total, isComplete: false };
    candidates.push({ item, discount });
    total += item.left;
  }
  return { candidates, total, isComplete: true };
}

function fullSets(candidates: readonly Candidate[], amount: bigint): FoundSet[] {
  const full = candidates.filter(({ item }) => item.left < amount).map(({ item }) => ({ item, discount: 0n }));
  return subsetsOfSum(
    full.map(({ item }) => item.left),
    amount,
    2,
  ).map((places) => foundSet(full, places));
}

/** A subset without any discount is a full one, and is found there. */
function discountedSets(candidates: readonly Candidate[], amount: bigint): FoundSet[] {
  if (!candidates.some(({ discount }) => discount > 0n)) return [];
  const places = subsetsOfSum(
    candidates.map(({ item, discount }) => item.left - discount),
    amount,
    3,
  );
  return places
    .filter((chosen) => chosen.some((at) => (candidates[at]?.discount ?? 0n) > 0n))
    .map((chosen) => foundSet(candidates, chosen));
}

function foundSet(candidates: readonly Candidate[], places: readonly number[]): FoundSet {
  const chosen = places.flatMap((at) => candidates[at] ?? []);
  const parts = chosen.map(({ item, discount }) => {
    return { item, cash: item.left - discount, discount, charge: 0n };
  });
  const fit = chosen.some(({ discount }) => discount > 0n) ? 'DISCOUNT' : 'EXACT';
  return { items: chosen.map(({ item }) => item), settlement: { fit, parts, onAccount: 0n } };
}
