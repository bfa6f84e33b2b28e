import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { JournalLine } from './line.ts';

/**
 * Whose days lines stand on. AGENDA: what waits for somebody on a market, by the market's id. SUM: what is split as one (sums/sum.ts).
 */
export interface Owner {
  readonly kind: 'MERCHANT' | 'MARKET' | 'AGENDA' | 'SUM';
  readonly id: string;
}

/** A line that an order means, and where it stands. */
export interface Entry {
  /** What it is of; within an order no two have the same. */
  readonly id: string;
  readonly owner: Owner;
  readonly date: PlainDate;
  readonly line: JournalLine;
}

/** One text for one owner; the ids of an agenda and of its market are the same. */
export function ownerKey({ kind, id }: Owner): string {
  if (kind === 'SUM') return `sum:${id}`;
  return kind === 'AGENDA' ? `agenda:${id}` : id;
}
