import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type Owner, ownerKey } from './entry.ts';
import type { WaitingPosting } from './posting.ts';
import type { Position } from './step.ts';
import type { DayRef, OwnerDay } from './transaction.ts';

/** Digits of a stream's sequence numbers, at most: so padded they sort as numbers. */
const numberDigits = 40;

/** Where the journal lies in the table. No tenant begins with '#': what is of no tenant does. */
export const journalKeys = {
  position: (shard: string, group: number) => ({ pk: `#POSITION#${shard}#${group}`, sk: 'P' }),
  /** The fence of a market's day, by group, so that groups do not get in each other's way. */
  day: ({ tenant, marketId, date, group }: DayRef) => ({ pk: `${tenant}#F#${marketId}#${date}`, sk: String(group) }),
  /** That merchants are settled by now in one settlement of a market's day: it lies with its fences. */
  begun: ({ tenant, marketId, date, sequence }: Omit<DayRef, 'group'> & { readonly sequence: number }) => ({
    pk: `${tenant}#F#${marketId}#${date}`,
    sk: `BEGUN#${sequenceText(sequence)}`,
  }),
  /** Lines of an owner's day, by settlement and in the order in which they were written. */
  block: ({ tenant, owner, date, sequence }: OwnerDay, { at, done }: Position, place: number, source: string) => ({
    pk: linesPk(tenant, owner, date),
    sk: `${sequenceText(sequence)}#${at.padStart(numberDigits, '0')}#${pad(done)}#${pad(place)}#${source}`,
  }),
  /**
   * Totals of a market's day lie together by group: a settlement run walks them, and no key takes all writes. Those of sums are few:
   * a market's lie together, by day.
   */
  total: (day: OwnerDay) =>
    day.owner.kind === 'SUM'
      ? { pk: sumTotalsPk(day), sk: `${sumTotalsAt(day)}${ownerKey(day.owner)}` }
      : { pk: totalsPk(day), sk: `${sequenceText(day.sequence)}#${ownerKey(day.owner)}` },
  /** What is written of a channel on a market's day: it comes last, and never with the totals that runs walk. */
  channelTotal: (tenant: string, marketId: string, date: PlainDate, channelId: string) => ({
    pk: `${tenant}#C#${marketId}#${date}`,
    sk: channelId,
  }),
  /** That lines for a day of a market came late, by the day on which they did. */
  lateDay: (tenant: string, marketId: string, writtenOn: PlainDate, date: PlainDate) => ({
    pk: `${tenant}#D#${marketId}`,
    sk: `${writtenOn}#${date}`,
  }),
  posting: (tenant: string, id: string) => ({ pk: `${tenant}#${id}`, sk: 'POSTING' }),
  parked: (tenant: string, at: string, shard: string) => ({
    pk: `${tenant}#PARKED`,
    sk: `${at.padStart(numberDigits, '0')}#${shard}`,
  }),
  /** How often lines that were lost were written of an order: it lies with the order. */
  lost: (tenant: string, orderNo: string) => ({ pk: `${tenant}#O#${orderNo}`, sk: 'LOST' }),
  /** An image of the order of a record that was put aside: each may be as large as an item can be. */
  parkedImage: (tenant: string, at: string, shard: string, image: 'before' | 'after') => ({
    pk: `${tenant}#PARKED`,
    sk: `${at.padStart(numberDigits, '0')}#${shard}#${image}`,
  }),
} as const;

/** Whose day a block of lines is of, by its key. */
export function dayOfBlock(pk: string) {
  const [tenant = '', , owner = '', date = ''] = pk.split('#');
  return { tenant, owner, date };
}

export function linesPk(tenant: string, owner: Owner, date: PlainDate): string {
  return `${tenant}#L#${ownerKey(owner)}#${date}`;
}

export function totalsPk({ tenant, marketId, date, group }: DayRef): string {
  return `${tenant}#T#${marketId}#${date}#${group}`;
}

export function sumTotalsPk({ tenant, marketId }: Pick<DayRef, 'tenant' | 'marketId'>): string {
  return `${tenant}#T#${marketId}#SUMS`;
}

/** Before all totals of sums of a day that are in one settlement of it. */
export function sumTotalsAt({ date, sequence }: Pick<OwnerDay, 'date' | 'sequence'>): string {
  return `${date}#${sequenceText(sequence)}#`;
}

/** Behind all blocks of one settlement of a day that came by a stream: those with lines that were moved between settlements. */
export function movedAt({ sequence }: Pick<OwnerDay, 'sequence'>): string {
  return `${sequenceText(sequence)}#~moved `;
}

export function sequenceText(sequence: number): string {
  return pad(sequence);
}

/** Index `byMarket`: postings that the ledger refused, by market and when they are asked for again; records put aside. */
export const waitingPostings = '#POSTINGS';
export const parkedRecords = '#PARKED';

export function waitingAt({
  tenant,
  marketId,
  askAt,
  id,
}: Pick<WaitingPosting, 'tenant' | 'marketId' | 'askAt' | 'id'>) {
  return `${waitingOfMarket(tenant, marketId)}${askAt}#${id}`;
}

export function waitingOfMarket(tenant: string, marketId: string): string {
  return `${tenant}#${marketId}#`;
}

/** When the posting at a place of the index is asked for again. */
export function askAtOf(marketAt: string): string {
  return marketAt.split('#')[2] ?? '';
}

function pad(count: number): string {
  return String(count).padStart(4, '0');
}
