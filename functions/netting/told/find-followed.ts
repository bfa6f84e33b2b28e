import type { NettingStore } from '../store.ts';
import type { ToldOfCentre } from './find-parties.ts';
import { referenceOf, type Told } from './told.ts';

/**
 * What was told of obligations that there are, by the centre that has them: it follows, between the parties that it is between,
 * whatever the identities of its participants and its sources are by now. What is paid otherwise would else be paid by its cycle too,
 * and owed in a second centre. The rest is of none yet. All of one tenant.
 */
export async function findFollowed(
  store: Pick<NettingStore, 'readFollowed' | 'readCentre'>,
  all: readonly Told[],
): Promise<{ readonly groups: readonly ToldOfCentre[]; readonly rest: readonly Told[] }> {
  const tenant = all[0]?.tenant ?? '';
  const followed = await store.readFollowed(tenant, all.map(referenceOf));
  const known = all.flatMap((told) => {
    const one = followed.get(referenceOf(told));
    return one ? [{ told, ...one }] : [];
  });
  const byCentre = Map.groupBy(known, ({ centreId }) => centreId);
  const groups = await Promise.all(
    [...byCentre].map(async ([centreId, placed]): Promise<ToldOfCentre> => {
      const centre = await store.readCentre(tenant, centreId);
      if (!centre) throw new Error(`There is no centre ${centreId}, and it has obligations.`);
      return { centre, placed };
    }),
  );
  return { groups, rest: all.filter((told) => !followed.has(referenceOf(told))) };
}
