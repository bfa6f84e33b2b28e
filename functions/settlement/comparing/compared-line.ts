import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { LineKind } from '../channel-files/channel-line.ts';

interface ComparedLine {
  /** See lineKey: what both sides call it. */
  readonly key: string;
  /** The business day that the side has it on. */
  readonly date: PlainDate;
  readonly kind: LineKind;
  /** Minor units, never negative. */
  readonly amount: bigint;
  /** Minor units that the channel keeps; negative where it gives a fee back. */
  readonly fee: bigint;
}

/**
 * A payment or refund as the market's journal has it. A refund may be there that the channel has not confirmed (PENDING), or has
 * refused (FAILED).
 */
export interface HereLine extends ComparedLine {
  readonly status: 'SUCCEEDED' | 'PENDING' | 'FAILED';
  /** The number of the order, or of the refund. */
  readonly number: string;
}

/** The same as the channel's file of the day has it; what is in there has happened. */
export interface ThereLine extends ComparedLine {
  /** Of that file. */
  readonly line: number;
}

/** Below zero where the first sorts first: by key, as the streams of a comparison are. Keys compare by their code units. */
export function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}
