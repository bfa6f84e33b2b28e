import { isDeepStrictEqual } from 'node:util';
import type { ComparedDayRef, KeptDifference } from './comparison.ts';
import { openDifference } from './difference.ts';
import type { FoundDifference } from './found-difference.ts';

/** What is to be written where a day was compared again: next states over their revisions, and those that are no more. */
export interface DifferenceChanges {
  readonly next: readonly KeptDifference[];
  readonly gone: readonly KeptDifference[];
}

/**
 * Puts what a comparison found in the place of what is kept. What people said of a difference stays with it; where its figures are
 * other ones by now, it is not resolved any more. A difference that stands no more goes, unless somebody said something of it:
 * then it is kept as one that does not stand.
 */
export function mergeDifferences(
  { tenant, marketId, channelId, businessDate }: ComparedDayRef,
  kept: readonly KeptDifference[],
  found: readonly FoundDifference[],
): DifferenceChanges {
  const day = { tenant, marketId, channelId, businessDate };
  const before = new Map(kept.map((one) => [one.difference.found.id, one]));
  const next: KeptDifference[] = [];
  for (const one of found) {
    const known = before.get(one.id);
    before.delete(one.id);
    if (!known) next.push({ ...day, difference: openDifference(one), stands: true, revision: 1 });
    else next.push(...changed(known, one));
  }
  const left = [...before.values()];
  const said = left.filter(({ difference, stands }) => stands && difference.state !== 'OPEN');
  return {
    next: [...next, ...said.map((one) => ({ ...one, stands: false, revision: one.revision + 1 }))],
    gone: left.filter(({ difference }) => difference.state === 'OPEN'),
  };
}

function changed(known: KeptDifference, found: FoundDifference): KeptDifference[] {
  const { difference, stands, revision } = known;
  const isSame = isDeepStrictEqual(figuresOf(difference.found), figuresOf(found));
  if (isSame && stands) return [];
  const state = !isSame && difference.state === 'RESOLVED' ? 'EXPLAINED' : difference.state;
  return [{ ...known, difference: { ...difference, found, state }, stands: true, revision: revision + 1 }];
}

/** Without the place in the file: the same line may stand elsewhere in a corrected one. */
function figuresOf(found: FoundDifference): unknown {
  if (found.class === 'LEDGER_DIFFERS' || !found.there) return found;
  const { line: _, ...there } = found.there;
  return { ...found, there };
}
