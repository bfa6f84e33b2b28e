import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { ChannelDay } from './channel-day.ts';
import type { Owner } from './entry.ts';
import type { Figures } from './figures.ts';
import type { RoleLeg } from './role-legs.ts';
import type { Parked, Position } from './step.ts';

/** A day of a market in one group of owners: the fence that lines of the day go by. */
export interface DayRef {
  readonly tenant: string;
  readonly marketId: string;
  readonly date: PlainDate;
  readonly group: number;
}

/** A day of an owner. The sequence is that of the settlement that takes its lines: 0, and higher where the day was closed before. */
export interface OwnerDay extends DayRef {
  readonly owner: Owner;
  readonly sequence: number;
}

/** Net legs of one market that go into the ledger as one transfer. */
export interface Posting {
  readonly tenant: string;
  readonly id: string;
  readonly marketId: string;
  readonly legs: readonly RoleLeg[];
  /** What its legs book of payments, by channel and business day; none where they are of none. */
  readonly paid?: readonly ChannelDay[];
}

/** What is written together, or not at all. */
export interface JournalTransaction {
  /** What must stand there, and what is put in its place. */
  readonly from: Position | undefined;
  readonly to: Position;
  readonly days: readonly (DayRef & { readonly sequence: number })[];
  readonly owners: readonly (OwnerDay & { readonly figures: Figures; readonly blocks: readonly string[] })[];
  readonly postings: readonly Posting[];
  readonly parked: readonly Parked[];
}

export function dayKey({ tenant, marketId, date, group }: DayRef): string {
  return `${tenant}#${marketId}#${date}#${group}`;
}
