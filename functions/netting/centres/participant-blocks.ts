import { packBlock, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import type { TextWithAmounts } from '../../../shared/dynamo/text-with-amounts.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { PairTerms } from './centre.ts';
import type { Participant } from './participant.ts';

/**
 * The lists of a centre are kept in parts: its participants by shard, and the terms of pairs. A part is named by what it says, so it
 * never changes, a version of the centre names its parts, and a change writes the parts that differ and no others.
 */
export interface Block {
  readonly id: string;
  readonly content: TextWithAmounts;
}

const shardCount = 64;
/** Where the terms of pairs stand among the parts. */
export const pairsPart = 'PAIRS';

/** The part that holds a participant. */
export function partOf(participantId: string): string {
  let sum = 7;
  for (const character of participantId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return String(sum % shardCount);
}

/** Participants by part, each part by id. */
export function participantParts(participants: readonly Participant[]): Map<string, Block> {
  const parts = Map.groupBy(participants, ({ id }) => partOf(id));
  return new Map([...parts].map(([part, list]) => [part, blockOf([...list].sort((one, other) => order(one, other)))]));
}

export function pairsBlock(pairs: PairTerms): Block {
  return blockOf([
    ...pairs.bilateralLimits.map((limit) => ({ limit })),
    ...pairs.excludedPairs.map((pair) => ({ pair })),
  ]);
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

function blockOf(records: readonly unknown[]): Block {
  const content = packBlock(records);
  return { id: deriveId('blk', content.text, content.amounts.join()), content };
}

/** By code units of the id, the same everywhere. */
function order(one: Participant, other: Participant): number {
  return one.id < other.id ? -1 : 1;
}
