import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { sequenceText } from '../journal/journal-keys.ts';
import { type HeldShare, type SplitSum, type SumDay, type SumState, sumIdOf } from './sum.ts';

/** Items as plain objects ↔ the model. What became of a day's sums lies together: each that was split, and what is held of them. */
export const sumKeys = {
  state: (day: SumDay) => ({ pk: sumPk(day), sk: stateSk }),
  split: (day: SumDay, sequence: number) => ({ pk: sumPk(day), sk: sequenceText(sequence) }),
} as const;

const stateSk = 'STATE';

export function sumPk({ tenant, marketId, sum, date }: SumDay): string {
  return `${tenant}#SUM#${marketId}#${sumIdOf(sum)}#${date}`;
}

/** What a receiver holds is an attribute of its own: refunds take from it without reading what others hold. */
export function heldName({ sequence, receiver }: Pick<HeldShare, 'sequence' | 'receiver'>): string {
  return `${heldPrefix}${sequence} ${receiver}`;
}

const heldPrefix = 'held ';

export function stateFromPlain(plain: Plain): SumState {
  const held = Object.entries(plain).flatMap(([name, amount]): HeldShare[] => {
    if (!name.startsWith(heldPrefix)) return [];
    const [sequence, receiver = ''] = name.slice(heldPrefix.length).split(' ');
    return [{ sequence: Number(sequence), receiver, held: amount as bigint }];
  });
  return {
    held: held.sort((one, other) => one.sequence - other.sequence || (one.receiver < other.receiver ? -1 : 1)),
    lacking: plain.lacking as bigint,
    splitAt: String(plain.splitAt),
  };
}

export function splitSumToPlain(split: SplitSum): Plain {
  return { ...sumKeys.split(split, split.sequence), kind: 'SPLIT_SUM', ...writeText(split) };
}

export function splitSumFromPlain({ text, amounts }: Plain): SplitSum {
  return readTexts({ text, amounts } as TextWithAmounts)[0] as SplitSum;
}
