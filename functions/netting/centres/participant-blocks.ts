import { packBlock, packBlocks, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import type { TextWithAmounts } from '../../../shared/dynamo/text-with-amounts.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { PairTerms } from './centre.ts';
import type { Participant } from './participant.ts';

/**
 * The lists of a centre are kept in parts: its participants by shard, in as many parts as their size takes, and the terms of pairs.
 * A part is named by what it says, so it never changes, a version of the centre names its parts, and a change writes the parts that
 * differ and no others.
 */
export interface Block {
  readonly id: string;
  readonly content: TextWithAmounts;
}

const shardCount = 64;
/** Where the terms of pairs stand among the parts. */
export const pairsPart = 'PAIRS';

/** The shard that holds a participant. */
export function shardOf(participantId: string): string {
  let sum = 7;
  for (const character of participantId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return String(sum % shardCount);
}

/** The shard of a part: `12`, and where one item is too small for it `12.1`, `12.2` and so on. */
export function shardOfPart(part: string): string {
  return part.split('.')[0] ?? '';
}

/** Participants by part, each shard by id. */
export function participantParts(participants: readonly Participant[]): Map<string, Block> {
  const shards = Map.groupBy(participants, ({ id }) => shardOf(id));
  const parts = [...shards].flatMap(([shard, list]) =>
    packBlocks([...list].sort(order), list.length).map((content, place): [string, Block] => {
      return [place === 0 ? shard : `${shard}.${place}`, blockOf(content)];
    }),
  );
  return new Map(parts);
}

export function pairsBlock(pairs: PairTerms): Block {
  const limits = pairs.bilateralLimits.map((limit) => ({ limit }));
  return blockOf(packBlock([...limits, ...pairs.excludedPairs.map((pair) => ({ pair }))]));
}

export function participantsOf(content: TextWithAmounts): Participant[] {
  return unpackBlock<Participant>({ ...content });
}

export function pairsOf(content: TextWithAmounts): PairTerms {
  const records = unpackBlock<{ limit?: PairTerms['bilateralLimits'][number]; pair?: readonly [string, string] }>({
    ...content,
  });
  return {
    bilateralLimits: records.flatMap(({ limit }) => limit ?? []),
    excludedPairs: records.flatMap(({ pair }) => (pair ? [pair] : [])),
  };
}

function blockOf(content: TextWithAmounts): Block {
  return { id: deriveId('blk', content.text, content.amounts.join()), content };
}

/** By code units of the id, the same everywhere. */
function order(one: Participant, other: Participant): number {
  return one.id < other.id ? -1 : 1;
}
