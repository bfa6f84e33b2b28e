import { type Cycle, gateCount } from '../cycles/cycle.ts';
import type { NettingStore } from '../store.ts';
import type { PlacedLines } from '../store-obligations.ts';
import type { Obligation } from './obligation.ts';
import { readOfCentre } from './read-of-centre.ts';

/** Items of lines that are read at once: each may have the lines of a whole transaction. */
const itemsAtOnceMax = 100;
/** Reads for one page: enough for all gates of a cycle that has little. What was only confirmed, say, came into the cycle before. */
const readsMax = 32;

/** Where a list goes on: behind so many of those that came into the cycle with the lines of an item. */
export interface ListPlace {
  readonly gate: number;
  /** The item, or that before the first. */
  readonly sk?: string;
  /** Of the item behind `sk`. */
  readonly skip: number;
}

export const firstPlace: ListPlace = { gate: 0, skip: 0 };

export interface ObligationPage {
  readonly obligations: readonly Obligation[];
  readonly next?: ListPlace;
}

/**
 * A page of the obligations of a cycle, by gate and by when they came into it; strongly consistent. One that has moved to another
 * cycle since is left out, and what was only changed is passed over, for so many reads at most: a page may hold fewer than `count`, or
 * none; `next` alone tells that there are more.
 */
export async function listObligations(
  store: Pick<NettingStore, 'readLines' | 'readObligations'>,
  { tenant, id: cycleId, centreId }: Pick<Cycle, 'tenant' | 'id' | 'centreId'>,
  from: ListPlace,
  count: number,
): Promise<ObligationPage> {
  const references: string[] = [];
  let place: ListPlace | undefined = from;
  for (let reads = 0; place && references.length < count && reads < readsMax; reads++) {
    // Where the first few have nothing that came in, what is behind them has little.
    const itemsMax = reads === 0 ? Math.min(count, itemsAtOnceMax) : itemsAtOnceMax;
    const items: readonly PlacedLines[] = await store.readLines(tenant, cycleId, place.gate, place.sk, itemsMax);
    const taken = takeFrom(items, place, count - references.length);
    references.push(...taken.references);
    place = taken.next ?? (items.length < itemsMax ? nextGate(place.gate) : placeBehind(place.gate, items));
  }
  const found = await readOfCentre(store, { tenant, centreId }, references);
  const obligations = references.flatMap((one) => found.get(one) ?? []).filter((one) => one.cycleId === cycleId);
  return { obligations, ...(place && { next: place }) };
}

/** References that came into the cycle with items, `room` at most; and where to go on, where there was no room for all. */
function takeFrom(items: readonly PlacedLines[], { gate, sk, skip }: ListPlace, room: number) {
  const references: string[] = [];
  let [before, skipped] = [sk, skip];
  for (const item of items) {
    const entering = item.lines.filter(({ enters }) => enters).slice(skipped);
    const left = room - references.length;
    references.push(...entering.slice(0, left).map(({ reference }) => reference));
    if (entering.length > left) {
      return { references, next: { gate, ...(before !== undefined && { sk: before }), skip: skipped + left } };
    }
    [before, skipped] = [item.sk, 0];
  }
  return { references };
}

function placeBehind(gate: number, items: readonly PlacedLines[]): ListPlace {
  const last = items.at(-1);
  return { gate, ...(last && { sk: last.sk }), skip: 0 };
}

function nextGate(gate: number): ListPlace | undefined {
  return gate + 1 < gateCount ? { gate: gate + 1, skip: 0 } : undefined;
}
