import type { NettingStore } from '../store.ts';
import type { Centre, PairTerms } from './centre.ts';
import type { Participant } from './participant.ts';
import { pairsOf, pairsPart, participantsOf, shardOf, shardOfPart } from './participant-blocks.ts';

type Reader = Pick<NettingStore, 'readBlocks'>;

/** All participants of a version of a centre, by id. */
export async function readParticipants(store: Reader, centre: Centre): Promise<Participant[]> {
  return readParts(store, centre, () => true);
}

/** Those that a version of a centre has of some ids. */
export async function readParticipantsOf(
  store: Reader,
  centre: Centre,
  ids: Iterable<string>,
): Promise<Map<string, Participant>> {
  const wanted = new Set(ids);
  const shards = new Set([...wanted].map(shardOf));
  const found = await readParts(store, centre, (shard) => shards.has(shard));
  return new Map(found.filter(({ id }) => wanted.has(id)).map((one) => [one.id, one]));
}

export async function readPairs(store: Reader, centre: Centre): Promise<PairTerms> {
  const blockId = centre.blocks[pairsPart];
  const content = blockId === undefined ? undefined : (await store.readBlocks(centre, [blockId])).get(blockId);
  return content ? pairsOf(content) : { bilateralLimits: [], excludedPairs: [] };
}

async function readParts(store: Reader, centre: Centre, isWanted: (shard: string) => boolean): Promise<Participant[]> {
  const blockIds = Object.entries(centre.blocks).flatMap(([part, blockId]) =>
    part !== pairsPart && isWanted(shardOfPart(part)) ? [blockId] : [],
  );
  const blocks = await store.readBlocks(centre, blockIds);
  return [...blocks.values()].flatMap(participantsOf).sort((one, other) => (one.id < other.id ? -1 : 1));
}
