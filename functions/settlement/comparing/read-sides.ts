import { isDeepStrictEqual } from 'node:util';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { unpackThereLine } from '../channel-files/pack-channel-line.ts';
import type { ChannelFigures } from '../journal/channel-day.ts';
import type { JournalLine } from '../journal/line.ts';
import { readBooked } from '../journal/read-booked.ts';
import type { RefundState } from '../orders/order.ts';
import type { SettlementStore } from '../store.ts';
import { byKey, type HereLine, type ThereLine } from './compared-line.ts';
import type { ComparedDayRef } from './comparison.ts';
import { hereLines, refundedOrders, refundStates } from './here-lines.ts';

/** Lines that one comparison has in memory, of both sides and of three days. */
export const linesPerComparisonMax = 3_000_000;
/** Blocks of the journal in one read. */
const blocksAtOnce = 50;
const ordersAtOnce = 400;
/** Readings of a day on which something still moves; then it is compared as it stands. */
const readingsMax = 3;

export interface Sides {
  readonly here: readonly HereLine[];
  readonly there: readonly ThereLine[];
  readonly ledger: ChannelFigures;
}

/**
 * What a market's journal, the channel's files and the ledger have of a day; nothing where it is too much. What moves while the journal
 * is read would differ from the ledger: then it is read again.
 */
export async function readSides(store: SettlementStore, day: ComparedDayRef): Promise<Sides | undefined> {
  const ofFiles = new LineBudget(0);
  const there = await readThere(store, day, ofFiles);
  for (let readings = 1; ; readings++) {
    const budget = new LineBudget(ofFiles.lines);
    const before = await readLedger(store, day);
    const here = await readHere(store, day, budget);
    const ledger = await readLedger(store, day);
    if (budget.isSpent) return undefined;
    if (isDeepStrictEqual(before, ledger) || readings === readingsMax) return { here, there, ledger };
  }
}

const readLedger = (store: SettlementStore, { tenant, marketId, channelId, businessDate }: ComparedDayRef) =>
  readBooked(store, tenant, marketId, channelId, businessDate);

class LineBudget {
  lines: number;

  constructor(lines: number) {
    this.lines = lines;
  }

  take(count: number): void {
    this.lines += count;
  }

  get isSpent(): boolean {
    return this.lines > linesPerComparisonMax;
  }
}

function daysAround(date: PlainDate): PlainDate[] {
  return [addDays(date, -1), date, addDays(date, 1)];
}

async function readHere(store: SettlementStore, day: ComparedDayRef, budget: LineBudget): Promise<HereLine[]> {
  const { tenant, marketId, channelId, businessDate } = day;
  const all: HereLine[] = [];
  for (const date of daysAround(businessDate)) {
    const lines: JournalLine[] = [];
    let after: string | undefined;
    do {
      const owner = { kind: 'MARKET', id: marketId } as const;
      const from = { blocks: blocksAtOnce, ...(after !== undefined && { after }) };
      const page = await store.readLines(tenant, owner, date, from);
      budget.take(page.lines.length);
      for (const line of page.lines) lines.push(line);
      after = page.next;
    } while (after !== undefined && !budget.isSpent);
    const refunded = [...refundedOrders(lines, channelId)];
    const states = new Map<string, RefundState>();
    for (let start = 0; start < refunded.length; start += ordersAtOnce) {
      const orders = await store.readOrdersByNo(tenant, refunded.slice(start, start + ordersAtOnce));
      for (const [refund, state] of refundStates(orders)) states.set(refund, state);
    }
    for (const line of hereLines(lines, channelId, date, states)) all.push(line);
  }
  return all.sort(byKey);
}

async function readThere(store: SettlementStore, day: ComparedDayRef, budget: LineBudget): Promise<ThereLine[]> {
  const { tenant, marketId, channelId, businessDate } = day;
  const days = { from: addDays(businessDate, -1), to: addDays(businessDate, 1) };
  const all: ThereLine[] = [];
  for (const standing of await store.readStandingFiles(tenant, marketId, channelId, days)) {
    for await (const block of store.readChannelLines(standing)) {
      budget.take(block.length);
      if (budget.isSpent) return all;
      for (const packed of block) all.push(unpackThereLine(packed, standing.businessDate));
    }
  }
  return all.sort(byKey);
}
