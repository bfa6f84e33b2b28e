import type { NettingStore } from '../store.ts';
import type { Resolution, StoredList } from './resolution.ts';
import { type SetLine, unpackSetLine, unpackWaiting, type WaitingLine } from './resolution-lines.ts';

/** Where a list goes on: a list of the resolution, a block of it, behind so many of its lines. */
export interface LinePlace {
  readonly list: number;
  readonly block: number;
  readonly skip: number;
}

export type ResolutionLine = SetLine | WaitingLine;

export interface LinePage {
  readonly lines: readonly ResolutionLine[];
  readonly next?: LinePlace;
}

/** A page of what has settled, by set, and then of what waits. While the resolution is under way, of what has settled by then. */
export async function listLines(
  store: Pick<NettingStore, 'readList'>,
  { tenant, id, settled, waiting }: Resolution,
  outcome: 'SETTLED' | 'WAITING' | undefined,
  from: LinePlace,
  count: number,
): Promise<LinePage> {
  const settledLists = outcome === 'WAITING' ? [] : settled.map((list) => ({ list, unpack: unpackSetLine }));
  const waitingLists = outcome === 'SETTLED' || !waiting ? [] : [{ list: waiting, unpack: unpackWaiting }];
  const all: readonly { list: StoredList; unpack: (packed: unknown) => ResolutionLine }[] = [
    ...settledLists,
    ...waitingLists,
  ];
  const lines: ResolutionLine[] = [];
  let { list, block, skip } = from;
  for (let one = all[list]; one && lines.length < count; one = all[list]) {
    if (block >= one.list.blocks) {
      [list, block, skip] = [list + 1, 0, 0];
      continue;
    }
    const read = (await store.readList(tenant, id, one.list, block, block + 1)).slice(skip);
    const room = count - lines.length;
    lines.push(...read.slice(0, room).map(one.unpack));
    if (read.length > room) return { lines, next: { list, block, skip: skip + room } };
    [block, skip] = [block + 1, 0];
  }
  const hasMore = all.slice(list).some((one, place) => (place === 0 ? block : 0) < one.list.blocks);
  return { lines, ...(hasMore && { next: { list, block, skip } }) };
}
