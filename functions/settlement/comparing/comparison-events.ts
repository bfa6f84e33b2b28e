import * as z from 'zod';
import type { ChannelFile } from '../channel-files/channel-file.ts';
import type { Comparison } from './comparison.ts';

/** A fact that a change of a file or a comparison means, and what is told of it. */
export interface ComparisonFact {
  readonly name: string;
  readonly data: object;
}

/** A file that has ended is told once: it does not change any more, or is read again from the beginning. */
export function channelFileFacts(file: ChannelFile): ComparisonFact[] {
  const { id: fileId, marketId, channelId, businessDate, part, status, faulty, problem } = file;
  const data = { fileId, marketId, channelId, businessDate, part };
  if (status === 'COMPLETED') return [{ name: 'channel-file-read', data }];
  if (status === 'REFUSED') return [{ name: 'channel-file-refused', data: { ...data, faulty, problem } }];
  return [];
}

export function comparisonFacts(before: Comparison | undefined, after: Comparison): ComparisonFact[] {
  const { marketId, channelId, businessDate, summary } = after;
  const data = { marketId, channelId, businessDate };
  return [
    ...(after.asked > (before?.asked ?? 0) ? [{ name: 'comparison-asked', data }] : []),
    ...(after.turns > (before?.turns ?? 0) ? [{ name: 'comparison-handed-on', data }] : []),
    ...(after.done > (before?.done ?? 0)
      ? [{ name: 'comparison-ended', data: { ...data, differences: summary?.differences ?? 0 } }]
      : []),
  ];
}

const day = z.looseObject({ marketId: z.string(), channelId: z.string(), businessDate: z.string() });

/** Which day an event is of. Throws on one that names none. */
export function comparedDayOf(data: unknown) {
  const { marketId, channelId, businessDate } = day.parse(data);
  return { marketId, channelId, businessDate };
}
