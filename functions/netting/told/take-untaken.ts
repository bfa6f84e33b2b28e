import type { Centre } from '../centres/centre.ts';
import type { NettingStore } from '../store.ts';
import { takeTold } from './take-told.ts';
import type { Untaken } from './untaken.ts';

/** Tried by one request, at most. */
const triedMax = 500;

/**
 * Tries again to take what a centre was told and could not take, the first by reference. Answers how many were taken, and those that
 * are still kept of the ones that were tried.
 */
export async function takeUntaken(
  store: NettingStore,
  { tenant, id: centreId }: Pick<Centre, 'tenant' | 'id'>,
  after: string | undefined,
  now: Date,
) {
  const { untaken, more } = await store.listUntaken(tenant, centreId, after, triedMax);
  const results = await takeTold(
    store,
    untaken.map(({ told }) => told),
    now,
  );
  const failed = results.find(({ as }) => as === 'FAILED');
  if (failed) throw failed.error;
  // Its participants are of another centre by now, which has taken it, or keeps it itself.
  const gone = untaken.filter((_, place) => (results[place]?.centreId ?? centreId) !== centreId);
  for (const { told } of gone) await store.dropUntaken({ centreId, told });
  const isLeft = (one: Untaken, place: number) => {
    const as = results[place]?.as;
    return (as === 'UNTAKEN' && !gone.includes(one)) || as === 'NO_OBLIGATION';
  };
  const left = untaken.filter(isLeft).length;
  return { tried: untaken.length, taken: untaken.length - left, last: more ? untaken.at(-1) : undefined };
}
