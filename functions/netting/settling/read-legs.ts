import type { Cycle } from '../cycles/cycle.ts';
import type { NettingStore } from '../store.ts';
import type { OpenLeg } from './divide-legs.ts';
import type { HeldPart, Settling } from './settling.ts';

type Store = Pick<NettingStore, 'readResultRows' | 'readList'>;

/** All legs of a cycle, in the order of its report. */
export async function readLegs(store: Store, cycle: Cycle): Promise<OpenLeg[]> {
  const { result } = cycle;
  if (!result) throw new Error(`The cycle ${cycle.id} settles, and has no figures.`);
  const legs: OpenLeg[] = [];
  for (let block = 0; block < result.blocks.LEGS; block++) {
    for (const [kind, payer, payee, currency, amount] of await store.readResultRows(
      cycle,
      result.attempt,
      'LEGS',
      block,
    )) {
      legs.push({ place: legs.length, kind, payer, payee, currency, amount });
    }
  }
  return legs;
}

/** Those that are not set aside yet. */
export async function readOpenLegs(store: Store, cycle: Cycle, settling: Settling): Promise<OpenLeg[]> {
  const isHeld = new Set<number>();
  for (const [, , places] of await readHeld(store, cycle, settling)) for (const place of places) isHeld.add(place);
  return (await readLegs(store, cycle)).filter(({ place }) => !isHeld.has(place));
}

/** All that is set aside. */
export async function readHeld(
  store: Pick<NettingStore, 'readList'>,
  { tenant, id }: Pick<Cycle, 'tenant' | 'id'>,
  { held }: Pick<Settling, 'held'>,
): Promise<HeldPart[]> {
  const lists = await Promise.all(held.map((list) => store.readList(tenant, id, list)));
  return lists.flat() as HeldPart[];
}
