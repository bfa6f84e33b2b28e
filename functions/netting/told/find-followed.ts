import { toldObligationIdOf } from '../keys.ts';
import type { NettingStore } from '../store.ts';
import type { ToldOfCentre } from './find-parties.ts';
import { referenceOf, type Told } from './told.ts';

/**
 * What was told of obligations that there are, by the centre that has them: it follows, between the parties that it is between,
 * whatever the identities of its participants and its sources are by now. What is paid otherwise would else be paid by its cycle too,
 * and owed in a second centre. The rest is of none yet. All of one tenant.
 */
export async function findFollowed(
  store: Pick<NettingStore, 'readObligations' | 'readCentre'>,
  all: readonly Told[],
): Promise<{ readonly followed: readonly ToldOfCentre[]; readonly rest: readonly Told[] }> {
  const tenant = all[0]?.tenant ?? '';
  const idOf = (told: Told) => toldObligationIdOf(tenant, referenceOf(told));
  const there = await store.readObligations(tenant, all.map(idOf));
  const known = all.flatMap((told) => {
    const one = there.get(idOf(told));
    return one ? [{ centreId: one.centreId, told, payer: one.payer, payee: one.payee }] : [];
  });
  const byCentre = Map.groupBy(known, ({ centreId }) => centreId);
  const followed = await Promise.all(
    [...byCentre].map(async ([centreId, placed]): Promise<ToldOfCentre> => {
      const centre = await store.readCentre(tenant, centreId);
      if (!centre) throw new Error(`There is no centre ${centreId}, and it has obligations.`);
      return { centre, placed };
    }),
  );
  return { followed, rest: all.filter((told) => !there.has(idOf(told))) };
}
